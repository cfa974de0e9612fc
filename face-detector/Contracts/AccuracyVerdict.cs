namespace FaceEdge.Contracts;

/// <summary>The accuracy gate's answer.</summary>
/// <param name="Decision">The answer.</param>
/// <param name="Reason">One line that says why.</param>
/// <param name="Changes">Average precision now less the baseline's, by size class; empty when nothing was compared.</param>
internal sealed record AccuracyVerdict(AccuracyDecision Decision, string Reason, IReadOnlyDictionary<string, double> Changes)
{
    public static AccuracyVerdict Updated(string path)
        => new(AccuracyDecision.Updated, $"The figures were written to {path}.", new Dictionary<string, double>());

    /// <summary>Both answers in one: a no outweighs "cannot tell", which outweighs a yes.</summary>
    public AccuracyVerdict And(AccuracyVerdict other) => new(
        Weight(Decision) >= Weight(other.Decision) ? Decision : other.Decision,
        $"{Reason} {other.Reason}",
        Changes.Count > 0 ? Changes : other.Changes);

    private static int Weight(AccuracyDecision decision) => decision switch
    {
        AccuracyDecision.Failed => 3,
        AccuracyDecision.Undecided => 2,
        AccuracyDecision.Updated => 1,
        _ => 0,
    };
}
