using System.Text.Json.Serialization;

namespace FaceEdge.Contracts;

/// <summary>What the accuracy gate decided.</summary>
[JsonConverter(typeof(AccuracyDecisionConverter))]
internal enum AccuracyDecision
{
    Passed,
    Failed,

    /// <summary>The baseline has no figures for this model, these labels and this input side.</summary>
    Undecided,

    /// <summary>Nothing was compared: the baseline was written.</summary>
    Updated,
}

/// <summary>By name alone: a number is never taken for a decision.</summary>
internal sealed class AccuracyDecisionConverter() : JsonStringEnumConverter<AccuracyDecision>(namingPolicy: null, allowIntegerValues: false);
