namespace FaceEdge.Contracts;

/// <summary>The accuracy gate's answer.</summary>
/// <param name="Decision">The answer.</param>
/// <param name="Reason">One line that says why.</param>
/// <param name="Changes">Average precision now less the baseline's, by size class; empty when nothing was compared.</param>
internal sealed record AccuracyVerdict(AccuracyDecision Decision, string Reason, IReadOnlyDictionary<string, double> Changes)
{
    public static AccuracyVerdict Updated(string path)
        => new(AccuracyDecision.Updated, $"The figures were written to {path}.", new Dictionary<string, double>());
}
