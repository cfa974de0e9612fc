using FaceEdge.Contracts;
using FaceEdge.Deploy.LatencyGate.Evidence;

namespace FaceEdge.Deploy.LatencyGate.Decision;

/// <summary>
/// Measures block after block, looks at the data at planned points only, and stops as soon as a look decides, or when looks or time
/// have run out.
/// </summary>
public sealed class SequentialGate(GateRules rules, TimeSpan budget, TimeProvider time, IProgress<string> progress)
{
    public async Task<GateDecision> RunAsync(IBlockSource source, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var blocks = new List<Block>();
        for (var look = 1; ; look++)
        {
            var planned = look * rules.BlocksPerLook;
            while (blocks.Count < planned && time.GetElapsedTime(started) < budget)
            {
                blocks.Add(await source.MeasureAsync(blocks.Count, cancellation));
                progress.Report($"block {blocks.Count} of {planned}");
                if (blocks.Count == 1 && DecisionRule.TooFewPlanned(blocks, rules.Looks * rules.BlocksPerLook, rules) is { } why)
                {
                    // How much is measured is known now, and so that the rest of the time would be spent for nothing.
                    return DecisionRule.Decide(blocks, rules) with { Reasons = [why] };
                }
            }

            var decision = DecisionRule.Decide(blocks, rules);
            if (decision.Verdict != GateVerdict.Inconclusive || look == rules.Looks)
            {
                return decision;
            }

            // Another look is as long as those so far on average: one that cannot end in time is not begun.
            if (time.GetElapsedTime(started) * (look + 1) / look > budget)
            {
                var note = $"stopped after {Quantity.Of(blocks.Count, "block")}: {rules.BlocksPerLook} more would not fit into {budget.TotalMinutes:0.#} minutes";
                return decision with { Notes = [.. decision.Notes, note] };
            }

            progress.Report($"inconclusive after {Quantity.Of(blocks.Count, "block")}: {decision.Reasons[0]}");
        }
    }
}

/// <summary>Measures blocks one after the other: with real processes, or from a model in a simulation.</summary>
public interface IBlockSource
{
    /// <param name="index">0 for the first; odd blocks run in the opposite order of even ones.</param>
    /// <param name="cancellation">Ends the measurement and its processes.</param>
    /// <exception cref="LatencyGateException">A process could not be started or broke off.</exception>
    Task<Block> MeasureAsync(int index, CancellationToken cancellation);
}
