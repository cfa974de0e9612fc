namespace FaceEdge.Contracts;

/// <summary>What the accuracy gate decided.</summary>
internal enum AccuracyDecision
{
    Passed,
    Failed,

    /// <summary>The baseline has no figures for this model, these labels and this input side.</summary>
    Undecided,

    /// <summary>Nothing was compared: the baseline was written.</summary>
    Updated,
}
