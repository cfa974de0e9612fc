using FaceEdge.Deploy.Prometheus;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Telemetry;

/// <summary>Finds the telemetry that a policy names, which is known only when the branch that sites pull has been read.</summary>
/// <param name="connect">Makes a client; null when no Prometheus is named.</param>
internal sealed class TelemetrySource(Func<TelemetryPolicy, PrometheusClient?> connect) : IDisposable
{
    private (TelemetryPolicy Policy, PrometheusClient? Client)? _open;

    /// <summary>Reads the telemetry of a policy; null when no Prometheus is named.</summary>
    /// <exception cref="PrometheusException">The address or the token cannot be used.</exception>
    public TelemetryReader? Open(TelemetryPolicy policy)
    {
        if (_open is null || _open.Value.Policy.Prometheus != policy.Prometheus)
        {
            Dispose();
            _open = (policy, connect(policy));
        }

        return _open.Value.Client is { } client ? new TelemetryReader(client) : null;
    }

    public void Dispose() => _open?.Client?.Dispose();
}
