using System.Text.Json.Serialization;
using FaceEdge.Deploy.Gates.Reports;

namespace FaceEdge.Deploy.Gates;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true)]
[JsonSerializable(typeof(GateEvidence))]
[JsonSerializable(typeof(LatencyReport))]
internal sealed partial class GateJson : JsonSerializerContext;
