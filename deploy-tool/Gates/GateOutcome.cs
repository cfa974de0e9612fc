using FaceEdge.Deploy.Git;

namespace FaceEdge.Deploy.Promotion.Gating;

/// <summary>What one gate says to one promotion.</summary>
/// <param name="Gate">latency, accuracy, site-check, soak, approvals, signature or freeze.</param>
/// <param name="State">How it stands.</param>
/// <param name="Summary">One line on why.</param>
/// <param name="Remedy">What to do when it is in the way; null when it is not.</param>
internal sealed record GateOutcome(string Gate, GateState State, string Summary, string? Remedy = null)
{
    /// <summary>Whether the promotion may go past it.</summary>
    public bool Open => State is GateState.Passed or GateState.Overridden or GateState.Skipped;

    /// <summary>The record in the commit.</summary>
    public Trailer ToTrailer()
    {
        var state = State.ToString();
        return PromotionTrailers.OfGate(Gate, $"{char.ToLowerInvariant(state[0])}{state[1..]}; {Summary}");
    }
}
