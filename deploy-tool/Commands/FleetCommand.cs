using System.CommandLine;
using System.Text;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.FleetView;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Telemetry;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>fleet</c>: what every site really runs, from its telemetry, against what Git wants.</summary>
internal static class FleetCommand
{
    public static Command Create()
    {
        var environment = EnvironmentOption.Create("--env", "One environment alone.");
        var site = new Option<string>("--site") { Description = "One site alone.", HelpName = "NAME" };
        var html = new Option<string>("--html") { Description = "Write the answer as a page, too: one file, with a filter.", HelpName = "FILE" };
        var command = new Command("fleet", "Show what every site really runs, from its telemetry, against what Git wants.") { environment, site, html };
        PrometheusOptions.AddTo(command);
        ReadOptions.AddTo(command);
        return command.Runs(async (run, cancellation) =>
        {
            var repository = await GitRepository.OpenAsync(run.Repository, cancellation);
            var commit = await ReadOptions.CommitAsync(run, repository, cancellation);
            var history = PromotionHistory.ReadAsync(repository.Git, commit, cancellation);
            var state = await DesiredState.ReadAsync(repository, commit, cancellation);
            var environments = run.Options.GetValue(environment) is { } name ? [state.Environment(name)] : state.Policy.Environments;
            using var prometheus = PrometheusOptions.CreateClient(run, state.Policy.Telemetry);
            var reader = new FleetReader(repository, new TelemetryReader(prometheus));
            var report = await reader.ReadAsync(state, await history, environments, run.Options.GetValue(site), run.Time.GetUtcNow(), cancellation);
            if (run.Options.GetValue(html) is { } path)
            {
                AtomicFile.Write(run.Resolve(path), Encoding.UTF8.GetBytes(FleetPage.Write(report)));
            }

            return new FleetResult(report);
        });
    }
}
