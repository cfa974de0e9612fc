using System.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Promotion;
using FaceEdge.Deploy.Registry;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>promote</c>: gives an environment the image that the one before it runs, or the first one a new image.</summary>
internal static class PromoteCommand
{
    public static Command Create()
    {
        var to = new Option<string>("--to") { Description = "Environment to promote into.", HelpName = "ENV", Required = true };
        var from = new Option<string>("--from") { Description = "Environment whose image is promoted; the one before if not given.", HelpName = "ENV" };
        var image = new Option<string>("--image") { Description = "Image for the first environment.", HelpName = "REF" };
        var command = new Command("promote", "Give an environment a proved image, through its gates, in one commit.") { to, from, image };
        GateOptions.AddTo(command);
        ChangeOptionsReader.AddTo(command);
        return command.Runs(async (run, cancellation) =>
        {
            var request = new PromoteRequest(
                run.Options.GetRequiredValue(to),
                run.Options.GetValue(from),
                run.Options.GetValue(image) is { } text ? ImageArgument.Parse(text) : null,
                GateOptions.Read(run),
                run.Options.GetValue<bool>(GateOptions.SkipGates),
                run.Options.GetValue<bool>(GateOptions.AllowRolledBack));
            var options = ChangeOptionsReader.Read(run);
            var repository = await GitRepository.OpenAsync(run.Repository, cancellation);
            using var registry = await ChangeOptionsReader.RegistryAsync(run, cancellation);
            var promoter = new Promoter(new ImageCheck(registry is null ? null : new ImageVerifier(registry, run.Progress)), run.Time);
            var result = await new ChangeRunner(repository, run.Time, run.Progress).RunAsync(
                options, (state, history, stop) => promoter.PlanAsync(request, options, state, history, stop), cancellation);
            return ChangeAnswer.Of(result, options);
        });
    }
}
