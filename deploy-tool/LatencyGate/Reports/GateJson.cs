using System.Text.Json.Serialization;

namespace FaceEdge.Deploy.LatencyGate.Reports;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true)]
[JsonSerializable(typeof(LatencyReport))]
internal sealed partial class GateJson : JsonSerializerContext;
