using System.Text.Json.Serialization.Metadata;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.LatencyGate;
using FaceEdge.Deploy.LatencyGate.Reports;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary>The latency gate's report as the result of <c>gate</c>.</summary>
internal sealed record LatencyResult(LatencyReport Report) : ICommandResult
{
    ExitCode ICommandResult.ExitCode => Report.Verdict.ToExitCode();

    object ICommandResult.Document => Report;

    JsonTypeInfo ICommandResult.JsonType => LatencyGateJson.Default.LatencyReport;

    void ICommandResult.Render(IAnsiConsole console)
    {
        if (Report.Benchmarks.Count > 0)
        {
            var table = new Table().Border(TableBorder.Simple).AddColumns("benchmark", "metric", "base ms", "head ms", "ratio", "interval", "control", "verdict");
            foreach (var row in MetricRow.Of(Report))
            {
                table.AddRow([.. row.Cells.Select(Markup.Escape)]);
            }

            console.Write(table);
        }

        foreach (var line in Report.Reasons.Concat(Report.Notes.Select(note => $"note: {note}")))
        {
            console.WriteLine(line);
        }

        console.WriteLine($"latency gate: {Report.Verdict.ToString().ToLowerInvariant()}");
    }
}
