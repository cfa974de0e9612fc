using System.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Promotion;
using FaceEdge.Deploy.Promotion.Rollout;
using FaceEdge.Deploy.Registry;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>rollout</c>: the next wave of sites gets the image that the environment before runs.</summary>
internal static class RolloutCommand
{
    public static Command Create()
    {
        var environment = new Option<string>("--env") { Description = "Environment with many sites.", HelpName = "ENV", Required = true };
        var image = new Option<string>("--image") { Description = "The image, where another rollout is under way.", HelpName = "REF" };
        var command = new Command("rollout", "Give the next wave of an environment's sites its image; run it again for the wave after.") { environment, image };
        GateOptions.AddTo(command);
        ChangeOptionsReader.AddTo(command);
        return command.Runs(async (run, cancellation) =>
        {
            var request = new PromoteRequest(
                run.Options.GetRequiredValue(environment),
                null,
                run.Options.GetValue(image) is { } text ? ImageArgument.Parse(text) : null,
                GateOptions.Read(run),
                run.Options.GetValue<bool>(GateOptions.SkipGates),
                run.Options.GetValue<bool>(GateOptions.AllowRolledBack));
            var options = ChangeOptionsReader.Read(run);
            var repository = await GitRepository.OpenAsync(run.Repository, cancellation);
            using var registry = await ChangeOptionsReader.RegistryAsync(run, cancellation);
            var planner = new RolloutPlanner(new ImageCheck(registry is null ? null : new ImageVerifier(registry, run.Progress)), run.Time);
            RolloutPlan? last = null;
            var result = await new ChangeRunner(repository, run.Time, run.Progress).RunAsync(
                options,
                async (state, history, stop) => (last = await planner.PlanAsync(request, options, state, history, stop)).Change,
                cancellation);
            return new RolloutAnswer(ChangeAnswer.Of(result, options), last!.Waves, last.Wave, result.Published is null ? [] : last.ToCheck);
        });
    }
}
