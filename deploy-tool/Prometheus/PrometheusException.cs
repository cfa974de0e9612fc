using FaceEdge.Contracts;

namespace FaceEdge.Deploy.Prometheus;

/// <summary>Why a Prometheus could not be asked, or gave no usable answer.</summary>
public sealed class PrometheusException : ExplainedException
{
    private PrometheusException(Failure failure, string message, string remedy, Exception? inner)
        : base(failure, message, remedy, inner)
    {
    }

    /// <summary>The address, the login or the query cannot be used as it is.</summary>
    public static PrometheusException Unusable(string message, string remedy, Exception? inner = null) => new(Failure.Unusable, message, remedy, inner);

    /// <summary>It does not answer, or not in time, or not in whole.</summary>
    public static PrometheusException Unavailable(string message, string remedy, Exception? inner = null) => new(Failure.Unavailable, message, remedy, inner);
}
