namespace FaceEdge.Deploy.LatencyGate;

/// <summary>Why latencies could not be measured, or what was measured could not be read.</summary>
public sealed class LatencyGateException : Exception
{
    private LatencyGateException(bool isUndecided, string message, string remedy, Exception? inner)
        : base(message, inner)
    {
        IsUndecided = isUndecided;
        Remedy = remedy;
    }

    /// <summary>True when the measurement broke off; false when what was given cannot be used.</summary>
    public bool IsUndecided { get; }

    /// <summary>What to do about it: an imperative sentence without a full stop.</summary>
    public string Remedy { get; }

    /// <summary>A file or a setting cannot be used.</summary>
    public static LatencyGateException Unusable(string message, string remedy, Exception? inner = null) => new(false, message, remedy, inner);

    /// <summary>A side does not build, breaks off, or does not answer.</summary>
    public static LatencyGateException Undecided(string message, string remedy, Exception? inner = null) => new(true, message, remedy, inner);
}
