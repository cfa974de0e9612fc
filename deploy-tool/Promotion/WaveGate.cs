using FaceEdge.Contracts;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.LatencyGate.Evidence;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Promotion;

/// <summary>The sites that have the image already must have passed check-site before more of them get it.</summary>
internal static class WaveGate
{
    /// <summary>Named apart from the environment's own site-check gate, which is about the environment before.</summary>
    public const string Name = "wave-check";

    private const int MaxNamed = 3;

    public static GateOutcome Evaluate(RolloutPolicy policy, IReadOnlyList<SiteManifest> reached, GateContext context)
    {
        var verdicts = Newest(policy, context);
        var failed = reached.Where(site => verdicts.GetValueOrDefault(site.Name)?.Evidence.Verdict == GateVerdict.Fail).Select(site => site.Name).ToList();
        if (failed.Count > 0)
        {
            return new GateOutcome(
                Name, GateState.Failed, $"check-site says no at {Quantity.List(failed, MaxNamed)}", $"look at those sites, or roll back: deploy-tool rollback --env {context.Target.Name}");
        }

        var open = reached.Where(site => verdicts.GetValueOrDefault(site.Name)?.Evidence.Verdict != GateVerdict.Pass).Select(site => site.Name).ToList();
        var passed = reached.Count - open.Count;
        var needed = (int)Math.Ceiling(reached.Count * policy.CheckedPercent / 100.0);
        var summary = $"{passed} of {reached.Count} sites checked, {needed} needed";
        return passed >= needed
            ? new GateOutcome(Name, GateState.Passed, summary)
            : new GateOutcome(
                Name,
                GateState.Missing,
                summary,
                $"run check-site at {Quantity.List(open, MaxNamed)} and give the files with --evidence");
    }

    /// <summary>The newest check of each site that is about this image and not too old.</summary>
    private static Dictionary<string, EvidenceFile> Newest(RolloutPolicy policy, GateContext context) =>
        context.Inputs.Evidence
            .Where(file => file.Place?.Environment == context.Target.Name
                && file.IsAbout(context.Image, context.Revision)
                && (policy.MaximumAge is not { } age || context.Now - file.Evidence.MeasuredAt <= age))
            .GroupBy(file => file.Place!.Site, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.MaxBy(file => file.Evidence.MeasuredAt)!, StringComparer.Ordinal);
}
