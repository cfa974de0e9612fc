using System.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Telemetry;

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
        GateOptions.AddTo(command);
        PrometheusOptions.AddTo(command);
        ChangeOptionsReader.AddTo(command);
        return command.Runs(async (run, cancellation) =>
        {
            var request = GateOptions.ReadRequest(run, run.Options.GetRequiredValue(to), run.Options.GetValue(from), run.Options.GetValue(image));
            var repository = await GitRepository.OpenAsync(run.Repository, cancellation);
            using var registry = await ChangeOptionsReader.RegistryAsync(run, cancellation);
            using var telemetry = new TelemetrySource(policy => PrometheusOptions.TryCreateClient(run, policy));
            var promotion = new Promotion.Promotion(repository, registry, telemetry, run.Time, run.Progress);
            return ChangeResult.Of(await promotion.RunAsync(request, ChangeOptionsReader.Read(run), cancellation));
        });
    }
}
