using System.Globalization;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Rehearsal.SiteAgents;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FaceEdge.Deploy.Rehearsal;

/// <summary>The tables of stages and sites, live while the pipeline runs and once more at the end.</summary>
internal static class RehearsalTables
{
    private const int ShortCommit = 8;

    public static IRenderable OfStages(IReadOnlyList<StageResult> stages)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("stage", "outcome", "time", "");
        foreach (var stage in stages)
        {
            table.AddRow(
                new Text(stage.Name),
                new Text(Words(stage.Outcome), new Style(ColourOf(stage.Outcome))),
                new Text(stage.Seconds > 0 ? string.Create(CultureInfo.InvariantCulture, $"{stage.Seconds:0.0} s") : ""),
                new Text(stage.Detail ?? ""));
        }

        return table;
    }

    /// <param name="sites">In promotion order.</param>
    /// <param name="areUp">Whether their pages answer: those of sites that were ended are not shown.</param>
    public static IRenderable OfSites(IReadOnlyList<SiteResult> sites, bool areUp)
    {
        string[] columns = ["site", "state", "image", "commit", .. areUp ? new[] { "page" } : [], ""];
        var table = new Table().Border(TableBorder.Simple).AddColumns(columns);
        foreach (var site in sites)
        {
            IRenderable[] page = areUp ? [new Text(site.Url)] : [];
            table.AddRow(
            [
                new Text(SiteAddress.LabelOf(site.Environment, site.Name)),
                new Text(site.State, new Style(site.State == "Ready" ? Color.Green : Color.Yellow)),
                new Text(ImageReference.TryParse(site.Image, out var image) ? $"{image.Tag} {image.Digest?[7..19]}" : ""),
                new Text(site.AppliedCommit?[..ShortCommit] ?? ""),
                .. page,
                new Text(site.Error ?? ""),
            ]);
        }

        return table;
    }

    private static string Words(string outcome) => outcome switch
    {
        "Pending" => "",
        "SucceededWithIssues" => "with issues",
        _ => outcome.ToLowerInvariant(),
    };

    private static Color ColourOf(string outcome) => outcome switch
    {
        "Succeeded" => Color.Green,
        "Running" => Color.Blue,
        "Failed" or "Canceled" => Color.Red,
        "Pending" or "Skipped" => Color.Grey,
        _ => Color.Yellow,
    };
}
