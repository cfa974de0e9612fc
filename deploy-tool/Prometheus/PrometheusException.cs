namespace FaceEdge.Deploy.Prometheus;

/// <summary>Why a Prometheus could not be asked, or gave no usable answer.</summary>
public sealed class PrometheusException : Exception
{
    private PrometheusException(bool isUnavailable, string message, string remedy, Exception? inner)
        : base(message, inner)
    {
        IsUnavailable = isUnavailable;
        Remedy = remedy;
    }

    /// <summary>True when nothing was found out, so that trying again may help; false when the address, the login or the query cannot be used.</summary>
    public bool IsUnavailable { get; }

    /// <summary>What to do about it: an imperative sentence without a full stop.</summary>
    public string Remedy { get; }

    /// <summary>The address, the login or the query cannot be used as it is.</summary>
    public static PrometheusException Unusable(string message, string remedy, Exception? inner = null) => new(false, message, remedy, inner);

    /// <summary>It does not answer, or not in time, or not in whole.</summary>
    public static PrometheusException Unavailable(string message, string remedy, Exception? inner = null) => new(true, message, remedy, inner);
}
