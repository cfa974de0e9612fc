using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using FaceEdge.Contracts;
using FaceEdge.Evaluation;
using FaceEdge.Evaluation.Comparison;
using Spectre.Console;

namespace FaceEdge.Commands;

/// <summary>Renders a comparison for people or for programs.</summary>
internal static class CompareReportWriter
{
    public static void WriteJson(ComparisonReport report, TextWriter output)
        => output.WriteLine(JsonSerializer.Serialize(
            new ComparisonDocument(
                report.A,
                report.B,
                report.InputSide,
                report.Pictures,
                report.Labelled,
                report.LabelsSha256,
                report.Agreement,
                report.Latency,
                [.. report.Strongest.Select(picture => new Difference(picture.Picture.Path, picture.Faces))],
                report.Unread),
            FaceDetectorJson.Default.ComparisonDocument));

    public static void WriteTable(ComparisonReport report, TextWriter output)
    {
        var console = CommandConsole.On(output);
        var (a, b) = (report.A, report.B);
        var (nameA, nameB) = a.Name == b.Name ? ($"{a.Name} (A)", $"{b.Name} (B)") : (a.Name, b.Name);
        var table = new Table().RoundedBorder()
            .AddColumn(string.Empty)
            .AddColumn(new TableColumn(Markup.Escape(nameA)).RightAligned())
            .AddColumn(new TableColumn(Markup.Escape(nameB)).RightAligned())
            .AddColumn(new TableColumn("Change").RightAligned());
        for (var i = 0; i < (a.Sizes?.Count ?? 0); i++)
        {
            var (before, after) = (a.Sizes![i], b.Sizes![i]);
            table.AddRow(
                $"AP@0.5, {(before.Size == SizeClass.All.Name ? "all faces" : $"{before.Size} and more")}",
                Text($"{before.AveragePrecision:F4}"),
                Text($"{after.AveragePrecision:F4}"),
                Text($"{after.AveragePrecision - before.AveragePrecision:+0.0000;-0.0000;0.0000}"));
        }

        table.AddRow("Faces at its threshold", Text($"{a.Faces}"), Text($"{b.Faces}"), Text($"{b.Faces - a.Faces:+0;-0;0}"));
        table.AddRow("Milliseconds (median)", Text($"{a.Milliseconds:F2}"), Text($"{b.Milliseconds:F2}"), Text($"x {report.Latency.Median:F2}"));
        console.Write(table);
        var agreement = report.Agreement;
        console.WriteLine(Text($"{Quantity.Of(report.Pictures, "picture")} at input side {report.InputSide}; {agreement.Share:0.0%} of the faces are found by both."));
        console.WriteLine(Text($"{Quantity.Of(agreement.Both, "face")} by both, {agreement.OnlyA} only by {nameA}, {agreement.OnlyB} only by {nameB}."));
        console.WriteLine(Text($"Time ratio {report.Latency.Median:F2} ({report.Latency.Low:F2} to {report.Latency.High:F2}, {report.Latency.Turns} turns)."));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    internal sealed record ComparisonDocument(
        ComparedModel A,
        ComparedModel B,
        int InputSide,
        int Pictures,
        int Labelled,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LabelsSha256,
        Agreement Agreement,
        LatencyRatio Latency,
        IReadOnlyList<Difference> Strongest,
        IReadOnlyList<string> Unread);

    internal sealed record Difference(string Path, IReadOnlyList<FaceDifference> Faces);
}
