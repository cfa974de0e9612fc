using System.Text.Json;
using System.Text.Json.Serialization;
using FaceEdge.Deploy.LatencyGate.BenchmarkDotNet;
using FaceEdge.Deploy.LatencyGate.Evidence;
using FaceEdge.Deploy.LatencyGate.Reports;
using FaceEdge.Deploy.LatencyGate.Running;

namespace FaceEdge.Deploy.LatencyGate;

/// <summary>Generated serialisers of reports, evidence and the runner's lines, all read strictly: what is missing is never taken for a figure.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BdnReport))]
[JsonSerializable(typeof(GateEvidence))]
[JsonSerializable(typeof(LatencyReport))]
[JsonSerializable(typeof(RunnerReady))]
[JsonSerializable(typeof(TurnRequest))]
[JsonSerializable(typeof(TurnResult))]
internal sealed partial class LatencyGateJson : JsonSerializerContext
{
    /// <summary>For files that people open; a runner's message must stay on one line.</summary>
    public static LatencyGateJson Indented => field ??= new LatencyGateJson(new JsonSerializerOptions(Default.Options) { WriteIndented = true });

    /// <summary>BenchmarkDotNet writes property names as its types have them, and ours are called the same.</summary>
    public static LatencyGateJson BenchmarkDotNet => field ??= new LatencyGateJson(new JsonSerializerOptions(Default.Options) { PropertyNamingPolicy = null });
}
