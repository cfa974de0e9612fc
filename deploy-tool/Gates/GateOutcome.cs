using System.Text.Json.Serialization;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.LatencyGate.Evidence;

namespace FaceEdge.Deploy.Gates;

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

/// <summary>How a gate stands for one promotion.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<GateState>))]
internal enum GateState
{
    /// <summary>The gate is satisfied.</summary>
    Passed,

    /// <summary>The gate says no.</summary>
    Failed,

    /// <summary>What the gate asks for is not there yet.</summary>
    Missing,

    /// <summary>The evidence says neither yes nor no.</summary>
    Inconclusive,

    /// <summary>The operator went around it with a reason that is recorded.</summary>
    Overridden,

    /// <summary>Not asked, because of <c>--skip-gates</c>; recorded.</summary>
    Skipped,
}

/// <summary>What a pipeline learns of a verdict.</summary>
internal static class GateVerdictExtensions
{
    public static ExitCode ToExitCode(this GateVerdict verdict) => verdict switch
    {
        GateVerdict.Pass => ExitCode.Done,
        GateVerdict.Fail => ExitCode.Refused,
        _ => ExitCode.Undecided,
    };
}
