using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.FleetView;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.Oci;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary>The answer of <c>fleet</c>.</summary>
internal sealed record FleetResult(FleetReport Report) : ICommandResult
{
    /// <summary>Rows that a person reads; the JSON answer and the page have all.</summary>
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
