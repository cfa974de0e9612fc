namespace FaceEdge.Deploy.LatencyGate.Evidence;

/// <summary>
/// What a gate found, in the form that a promotion takes and records. A gate's own report derives from it and adds what else it knows;
/// whoever reads evidence ignores that.
/// </summary>
/// <param name="Kind">One of <see cref="GateKind"/>.</param>
/// <param name="Subject">What was judged.</param>
/// <param name="Verdict">The answer.</param>
/// <param name="Summary">One line for a person, without a line break.</param>
/// <param name="Numbers">The figures behind the answer by name, such as <c>detect/median ratio</c>.</param>
/// <param name="MeasuredAt">When the gate answered.</param>
/// <param name="Machine">CPU model, operating system and runtime; null when they have no bearing.</param>
public record GateEvidence(
    string Kind,
    GateSubject Subject,
    GateVerdict Verdict,
    string Summary,
    IReadOnlyDictionary<string, double> Numbers,
    DateTimeOffset MeasuredAt,
    string? Machine = null);
