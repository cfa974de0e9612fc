using System.Text.Json.Serialization;

namespace FaceEdge.Deploy.Gates;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(GateEvidence))]
internal sealed partial class GateJson : JsonSerializerContext;
