using System.Text.Json.Serialization;
using FaceEdge.Deploy.LatencyGate.Evidence;

namespace FaceEdge.Deploy.LatencyGate.Reports;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true)]
[JsonSerializable(typeof(GateEvidence))]
[JsonSerializable(typeof(LatencyReport))]
internal sealed partial class GateJson : JsonSerializerContext;
