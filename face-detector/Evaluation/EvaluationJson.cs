using System.Text.Json.Serialization;

namespace FaceEdge.Evaluation;

/// <summary>Generated serialisers of the files that an evaluation works with.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AccuracyBaseline))]
[JsonSerializable(typeof(LabelFile.Document), TypeInfoPropertyName = "Labels")]
internal sealed partial class EvaluationJson : JsonSerializerContext;
