using System.Globalization;
using FaceEdge.Contracts;
using FaceEdge.Evaluation;
using Spectre.Console;

namespace FaceEdge.Commands;

/// <summary>Renders an evaluation for people or for programs.</summary>
internal static class EvalReportWriter
{
    public static void WriteJson(EvaluationReport report, AccuracyVerdict? verdict, TextWriter output)
        => output.WriteLine(new EvaluationResult(report, verdict).ToJson());

    public static void WriteTable(EvaluationReport report, AccuracyVerdict? verdict, TextWriter output)
    {
        var console = CommandConsole.On(output);
        var table = new Table().RoundedBorder()
            .AddColumn("Faces of the picture's height")
            .AddColumn(new TableColumn("Faces").RightAligned())
            .AddColumn(new TableColumn("AP@0.5").RightAligned())
            .AddColumn(new TableColumn("Recall at precision .95").RightAligned());
        if (verdict is { Changes.Count: > 0 })
        {
            table.AddColumn(new TableColumn("Against the baseline").RightAligned());
        }

        foreach (var size in report.Sizes)
        {
            List<string> cells =
            [
                size.Size == SizeClass.All.Name ? "all" : $"{size.Size} and more",
                size.Faces.ToString(CultureInfo.InvariantCulture),
                size.AveragePrecision.ToString("F4", CultureInfo.InvariantCulture),
                size.RecallAtPrecision95.ToString("F4", CultureInfo.InvariantCulture),
            ];
            if (verdict?.Changes.TryGetValue(size.Size, out var change) == true)
            {
                cells.Add(change.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture));
            }

            table.AddRow([.. cells]);
        }

        console.Write(table);
        if (report.Eyes is { Count: > 0 } eyes)
        {
            console.Write(EyesTable(eyes));
        }

        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Model} at input side {report.InputSide}: {Quantity.Of(report.Pictures, "picture")}, {report.MillisecondsPerPicture:F2} ms each (median, without decoding)."));
        if (verdict is not null)
        {
            console.WriteLine(verdict.Reason);
        }
    }

    private static Table EyesTable(IReadOnlyList<EyeErrorResult> eyes)
    {
        var table = new Table().RoundedBorder()
            .AddColumn("Faces, height in the model's input")
            .AddColumn(new TableColumn("Found").RightAligned())
            .AddColumn(new TableColumn("Mean eye error").RightAligned())
            .AddColumn(new TableColumn("90% of faces within").RightAligned());
        foreach (var row in eyes)
        {
            table.AddRow(
                row.Faces,
                row.Found.ToString(CultureInfo.InvariantCulture),
                row.Mean.ToString("0.0%", CultureInfo.InvariantCulture),
                row.Percentile90.ToString("0.0%", CultureInfo.InvariantCulture));
        }

        return table;
    }
}
