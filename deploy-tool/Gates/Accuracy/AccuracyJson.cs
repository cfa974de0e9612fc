using System.Text.Json.Serialization;

namespace FaceEdge.Deploy.Gates.Accuracy;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true)]
[JsonSerializable(typeof(AccuracyReport))]
[JsonSerializable(typeof(EvalAnswer))]
internal sealed partial class AccuracyJson : JsonSerializerContext;
