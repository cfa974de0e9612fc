using System.Text.Json;
using System.Text.Json.Serialization;

namespace FaceEdge.Contracts;

/// <summary>What <c>face-detector eval --json</c> writes, and deploy-tool makes evidence of.</summary>
/// <param name="Report">The figures.</param>
/// <param name="Gate">The comparison with a baseline; null when none was given.</param>
internal sealed partial record EvaluationResult(EvaluationReport Report, AccuracyVerdict? Gate = null)
{
    public string ToJson() => JsonSerializer.Serialize(this, EvaluationJson.Default.EvaluationResult);

    /// <summary>Reads it strictly: what is missing or misspelt is never taken for a figure.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static EvaluationResult Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, EvaluationJson.Default.EvaluationResult) ?? throw new JsonException("it is null");

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(EvaluationResult))]
    private sealed partial class EvaluationJson : JsonSerializerContext;
}
