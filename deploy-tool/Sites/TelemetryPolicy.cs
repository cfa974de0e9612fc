namespace FaceEdge.Deploy.Sites;

/// <summary>Where the sites' telemetry is, and how it is read.</summary>
/// <param name="Prometheus">Address of the Prometheus that all sites write to; null when the policy names none.</param>
/// <param name="SilentAfter">A site without a sample for this long is silent.</param>
/// <param name="UpdateWithin">How long a site may take to run what Git wants; then it is behind.</param>
internal sealed record TelemetryPolicy(string? Prometheus, TimeSpan SilentAfter, TimeSpan UpdateWithin)
{
    /// <summary>A pod that crashes in a loop starts every five minutes (Kubernetes' longest back-off), and is not silent because of that.</summary>
    private static readonly TimeSpan DefaultSilentAfter = TimeSpan.FromMinutes(10);

    /// <summary>A first pull is 90 MB: half an hour on a line of 400 kbit/s, and as much again for the host to notice.</summary>
    private static readonly TimeSpan DefaultUpdateWithin = TimeSpan.FromHours(1);

    public static TelemetryPolicy Default { get; } = new(null, DefaultSilentAfter, DefaultUpdateWithin);
}
