using System.Text.Json.Serialization;

namespace FaceEdge.Contracts;

/// <summary>Generated serialisers of the documents that the programs write to files and read from each other, strictly.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DetectLine))]
[JsonSerializable(typeof(EvaluationResult))]
internal sealed partial class ContractsJson : JsonSerializerContext;
