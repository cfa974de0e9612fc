using System.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Promotion;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>promote</c>: gives an environment the image that the one before it runs, or the first one a new image.</summary>
internal static class PromoteCommand
{
    public static Command Create()
    {
        var to = EnvironmentOption.Create("--to", "Environment to promote into.", isRequired: true);
        var from = EnvironmentOption.Create("--from", "Environment whose image is promoted; the one before if not given.");
        var image = new Option<string>("--image") { Description = "Image for the first environment.", HelpName = "REF" };
        var command = new Command("promote", "Give an environment a proved image, through its gates, in one commit.") { to, from, image };
        GatedChange.AddOptionsTo(command);
        return command.Runs(async (run, cancellation) =>
        {
            using var change = await GatedChange.OpenAsync(
                run, run.Options.GetRequiredValue(to), run.Options.GetValue(from), run.Options.GetValue(image), cancellation);
            var promoter = new Promoter(change.Images, change.Signatures, run.Time);
            var result = await change.Runner.RunAsync(
                change.Options, (state, history, stop) => promoter.PlanAsync(change.Request, change.Options, state, history, stop), cancellation);
            return ChangeAnswer.Of(result, change.Options);
        });
    }
}
