using System.Text.Json;
using System.Text.Json.Serialization;

namespace FaceEdge.Contracts;

/// <summary>What <c>face-detector eval --json</c> writes, and deploy-tool makes evidence of.</summary>
/// <param name="Report">The figures.</param>
/// <param name="Gate">The comparison with a baseline; null when none was given.</param>
internal sealed record EvaluationResult(
    EvaluationReport Report,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AccuracyVerdict? Gate = null)
{
    public string ToJson() => JsonSerializer.Serialize(this, ContractsJson.Default.EvaluationResult);

    /// <summary>Reads it strictly: what is missing or misspelt is never taken for a figure.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static EvaluationResult Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, ContractsJson.Default.EvaluationResult) ?? throw new JsonException("it is null");
}
