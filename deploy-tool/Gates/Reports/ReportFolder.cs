using System.Text;
using System.Text.Json;
using FaceEdge.Deploy.Gates.Accuracy;

namespace FaceEdge.Deploy.Gates.Reports;

/// <summary>The files that a gate leaves for people, pipelines and promotions.</summary>
internal static class ReportFolder
{
    public const string Evidence = "latency-gate.json";
    public const string Page = "latency-gate.md";
    public const string Plot = "latency-gate.svg";
    public const string Tests = "latency-gate.junit.xml";

    /// <summary>Writes all files, each whole or not at all; the evidence comes last.</summary>
    public static void Write(string folder, LatencyReport report)
    {
        Directory.CreateDirectory(folder);
        Replace(folder, Page, Encoding.UTF8.GetBytes(MarkdownReport.Render(report)));
        Replace(folder, Plot, Encoding.UTF8.GetBytes(SvgPlot.Render(report).ToString()));
        Replace(folder, Tests, Encoding.UTF8.GetBytes(JUnitReport.Render(report).ToString()));
        Replace(folder, Evidence, JsonSerializer.SerializeToUtf8Bytes(report, GateJson.Default.LatencyReport));
    }

    public static void Write(string folder, AccuracyReport report)
    {
        Directory.CreateDirectory(folder);
        Replace(folder, AccuracyReport.FileName, JsonSerializer.SerializeToUtf8Bytes(report, GateJson.Default.AccuracyReport));
    }

    private static void Replace(string folder, string name, byte[] content)
    {
        var path = Path.Combine(folder, name);
        var unfinished = path + ".tmp";
        File.WriteAllBytes(unfinished, content);
        File.Move(unfinished, path, overwrite: true);
    }
}
