using System.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Promotion.Rollout;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>rollout</c>: the next wave of sites gets the image that the environment before runs.</summary>
internal static class RolloutCommand
{
    public static Command Create()
    {
        var environment = EnvironmentOption.Create("--env", "Environment with many sites.", isRequired: true);
        var image = new Option<string>("--image") { Description = "The image, where another rollout is under way.", HelpName = "REF" };
        var command = new Command("rollout", "Give the next wave of an environment's sites its image; run it again for the wave after.") { environment, image };
        GatedChange.AddOptionsTo(command);
        return command.Runs(async (run, cancellation) =>
        {
            using var change = await GatedChange.OpenAsync(
                run, run.Options.GetRequiredValue(environment), null, run.Options.GetValue(image), cancellation);
            var planner = new RolloutPlanner(change.Images, change.Signatures, run.Time);
            RolloutPlan? last = null;
            var result = await change.Runner.RunAsync(
                change.Options,
                async (state, history, stop) => (last = await planner.PlanAsync(change.Request, change.Options, state, history, stop)).Change,
                cancellation);
            return new RolloutAnswer(ChangeAnswer.Of(result, change.Options), last!.Waves, last.Wave, result.Published is null ? [] : last.ToCheck);
        });
    }
}
