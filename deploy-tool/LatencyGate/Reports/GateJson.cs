using System.Text.Json.Serialization;
using FaceEdge.Deploy.Gates.Accuracy;
using FaceEdge.Deploy.Gates.Reports;

namespace FaceEdge.Deploy.Gates;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true)]
[JsonSerializable(typeof(GateEvidence))]
[JsonSerializable(typeof(LatencyReport))]
[JsonSerializable(typeof(AccuracyReport))]
[JsonSerializable(typeof(EvalAnswer))]
internal sealed partial class GateJson : JsonSerializerContext;
