using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.FleetView;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Telemetry;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>fleet</c>: what every site really runs, from its telemetry, against what Git wants.</summary>
internal static class FleetCommand
{
    public static Command Create()
    {
        var environment = EnvironmentOption.Create("--env", "One environment alone.");
        var site = new Option<string>("--site") { Description = "One site alone.", HelpName = "NAME" };
        var html = new Option<string>("--html") { Description = "Write the result as a page, too: one file, with a filter.", HelpName = "FILE" };
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

/// <summary>The result of <c>fleet</c>.</summary>
internal sealed record FleetResult(FleetReport Report) : ICommandResult
{
    /// <summary>Rows that a person reads; the JSON result and the page have all.</summary>
    private const int MaxRows = 40;

    private const int ShortDigest = 19;

    ExitCode ICommandResult.ExitCode => Report.Sites.All(site => site.State == SiteState.Current) ? ExitCode.Done : ExitCode.Refused;

    object ICommandResult.Document => Report;

    JsonTypeInfo ICommandResult.JsonType => DeployToolJson.Default.FleetReport;

    void ICommandResult.Render(IAnsiConsole console)
    {
        var summary = new Table().Border(TableBorder.Simple).AddColumns("environment", "sites", "current", "updating", "behind", "wrong", "silent");
        foreach (var environment in Report.Environments)
        {
            summary.AddRow(
                environment.Name, $"{environment.Sites}", $"{environment.Current}", $"{environment.Updating}", $"{environment.Behind}", $"{environment.Wrong}", $"{environment.Silent}");
        }

        console.Write(summary);
        foreach (var pause in Report.Pauses)
        {
            console.WriteLine($"{pause.Text} ({pause.Resume} ends it)");
        }

        RenderSites(console, [.. Report.Sites.Where(IsOfInterest)]);
        if (Report.UnknownSites.Count > 0)
        {
            console.WriteLine($"reporting, and not in Git: {string.Join(", ", Report.UnknownSites)}");
        }
    }

    /// <summary>A site that runs what it should and sees nothing is as much in need of a person as one that does not.</summary>
    private bool IsOfInterest(SiteReport site) =>
        site.State != SiteState.Current || site.CameraLive < 1 || site.Restarts > 0 || Report.Sites.Count <= MaxRows;

    private void RenderSites(IAnsiConsole console, List<SiteReport> sites)
    {
        if (sites.Count == 0)
        {
            return;
        }

        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("state", "site", "runs", "is to run", "last seen", "cameras", "p95 ms", "× others", "faces/min", "restarts");
        foreach (var site in sites.Take(MaxRows))
        {
            table.AddRow(
                site.State.ToString().ToLowerInvariant(),
                Markup.Escape($"{site.Environment}/{site.Site}"),
                Markup.Escape(Short(site.Running)),
                site.State == SiteState.Current ? "the same" : Markup.Escape(Short(site.Wanted)),
                site.LastSeen is { } seen ? DurationFormat.Text(Report.AsOf - seen) : "never",
                site.CameraLive is { } live ? live.ToString("0%", CultureInfo.InvariantCulture) : "",
                Number(site.LatencyP95Milliseconds),
                Number(site.LatencyRatio),
                Number(site.FacesPerMinute),
                site.Restarts is { } restarts ? $"{restarts}" : "");
        }

        console.Write(table);
        if (sites.Count > MaxRows)
        {
            console.WriteLine($"and {sites.Count - MaxRows} more; --output json or --html FILE has all");
        }
    }

    private static string Number(double? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";

    private static string Short(string? text) => ImageReference.TryParse(text, out var image) && image.Digest is { } digest
        ? $"{image.Tag} {digest[..ShortDigest]}"
        : text ?? "";
}
