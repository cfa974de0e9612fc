using FaceEdge.Deploy.LatencyGate.Evidence;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Gates;

/// <summary>
/// Evidence files of one kind must speak for the image. Files from several machines or sites each have a say: of one machine or site the
/// newest counts, and all of those must pass.
/// </summary>
internal static class EvidenceRule
{
    public static GateOutcome Evaluate(string kind, EvidenceGate gate, GateContext context)
    {
        var given = context.Inputs.Evidence.Where(file => file.Evidence.Kind == kind && IsFromSource(file, context)).ToList();
        var about = given.Where(file => file.IsAbout(context.Image, context.Revision)).ToList();
        if (about.Count == 0)
        {
            return new GateOutcome(kind, GateState.Missing, WhyNone(given, context), HowTo(kind, context));
        }

        var newest = about
            .GroupBy(file => (file.Evidence.Machine, file.Place))
            .Select(group => group.MaxBy(file => file.Evidence.MeasuredAt)!)
            .ToList();
        var worst = newest.MaxBy(file => Rank(file.Evidence.Verdict))!;
        return worst.Evidence.Verdict switch
        {
            GateVerdict.Fail => new GateOutcome(kind, GateState.Failed, Cite(worst), "fix what the evidence shows and build again"),
            GateVerdict.Inconclusive => new GateOutcome(kind, GateState.Inconclusive, Cite(worst), "measure again on a quieter machine"),
            _ => Fresh(kind, gate, newest, context.Now),
        };
    }

    private static GateOutcome Fresh(string kind, EvidenceGate gate, List<EvidenceFile> newest, DateTimeOffset now)
    {
        var oldest = newest.MinBy(file => file.Evidence.MeasuredAt)!;
        if (gate.MaximumAge is { } maximum && now - oldest.Evidence.MeasuredAt > maximum)
        {
            return new GateOutcome(
                kind,
                GateState.Missing,
                $"the evidence is {DurationFormat.Text(now - oldest.Evidence.MeasuredAt)} old, at most {DurationFormat.Text(maximum)} is taken",
                "gather it again");
        }

        return new GateOutcome(kind, GateState.Passed, string.Join(" | ", newest.Take(MaxCited).Select(Cite)) + More(newest.Count));
    }

    private const int MaxCited = 4;

    private static string More(int count) => count > MaxCited ? $" | and {count - MaxCited} more" : "";

    private static int Rank(GateVerdict verdict) => verdict switch
    {
        GateVerdict.Pass => 0,
        GateVerdict.Inconclusive => 1,
        _ => 2,
    };

    private static string Cite(EvidenceFile file) =>
        $"{file.Evidence.Summary} ({file.Evidence.MeasuredAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {file.Digest})";

    /// <summary>A site check speaks for the environment it ran in; other evidence has no place.</summary>
    private static bool IsFromSource(EvidenceFile file, GateContext context) =>
        file.Place is null || file.Place.Environment == context.Source?.Name;

    private static string WhyNone(List<EvidenceFile> given, GateContext context)
    {
        if (given.Count == 0)
        {
            return "no evidence was given";
        }

        return context.Revision is null && given.TrueForAll(file => file.Evidence.Subject.Image is null)
            ? "the evidence names a commit, and the image does not say which commit it was built from (label org.opencontainers.image.revision)"
            : $"the evidence given is about {given[0].Evidence.Subject.Image ?? given[0].Evidence.Subject.Commit}, not about this image";
    }

    private static string HowTo(string kind, GateContext context) => kind switch
    {
        GateKind.Latency => "give the report of deploy-tool gate with --evidence",
        GateKind.Accuracy => "give the report of face-detector eval with --evidence",
        _ => $"run deploy-tool check-site --env {context.Source?.Name} and give its file with --evidence",
    };
}
