using FaceEdge.Deploy.LatencyGate.Evidence;

namespace FaceEdge.Deploy.Telemetry;

/// <summary>What one check says.</summary>
/// <param name="Verdict">The answer.</param>
/// <param name="Summary">In a few words, with the check's name.</param>
internal sealed record CheckResult(GateVerdict Verdict, string Summary);
