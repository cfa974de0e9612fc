using FaceEdge.Contracts;

namespace FaceEdge.Deploy.LatencyGate;

/// <summary>Why latencies could not be measured, or what was measured could not be read.</summary>
public sealed class LatencyGateException : ExplainedException
{
    private LatencyGateException(Failure failure, string message, string remedy, Exception? inner)
        : base(failure, message, remedy, inner)
    {
    }

    /// <summary>A file or a setting cannot be used.</summary>
    public static LatencyGateException Unusable(string message, string remedy, Exception? inner = null) => new(Failure.Unusable, message, remedy, inner);

    /// <summary>A side does not build, breaks off, or does not answer.</summary>
    public static LatencyGateException Unavailable(string message, string remedy, Exception? inner = null) => new(Failure.Unavailable, message, remedy, inner);
}
