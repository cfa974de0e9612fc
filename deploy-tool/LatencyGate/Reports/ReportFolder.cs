using System.Text;
using System.Text.Json;
using FaceEdge.Contracts;

namespace FaceEdge.Deploy.LatencyGate.Reports;

/// <summary>The files that a gate leaves for people, pipelines and promotions.</summary>
public static class ReportFolder
{
    public const string Evidence = "latency-gate.json";
    public const string Page = "latency-gate.md";
    public const string Plot = "latency-gate.svg";
    public const string Tests = "latency-gate.junit.xml";

    /// <summary>Writes all files, each whole or not at all; the evidence comes last.</summary>
    public static void Write(string folder, LatencyReport report)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.Write(Path.Combine(folder, Page), Encoding.UTF8.GetBytes(MarkdownReport.Render(report)));
        AtomicFile.Write(Path.Combine(folder, Plot), Encoding.UTF8.GetBytes(SvgPlot.Render(report).ToString()));
        AtomicFile.Write(Path.Combine(folder, Tests), Encoding.UTF8.GetBytes(JUnitReport.Render(report).ToString()));
        AtomicFile.Write(Path.Combine(folder, Evidence), JsonSerializer.SerializeToUtf8Bytes(report, LatencyGateJson.Indented.LatencyReport));
    }
}
