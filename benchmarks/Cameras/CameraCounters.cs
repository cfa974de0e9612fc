using FaceEdge.Benchmarks.EndToEnd;

namespace FaceEdge.Benchmarks.Cameras;

/// <summary>What the service has counted so far.</summary>
/// <param name="Frames">That the cameras sent.</param>
/// <param name="Dropped">Frames that nobody looked at.</param>
/// <param name="Encoded">Frames encoded for viewers.</param>
/// <param name="Detected">Frames searched, of each camera.</param>
internal sealed record CameraCounters(double Frames, double Dropped, double Encoded, IReadOnlyList<double> Detected)
{
    public static async Task<CameraCounters> ReadAsync(ServerProcess server, int cameras)
    {
        var metrics = await server.MetricsAsync();
        return new CameraCounters(
            ServerProcess.Counter(metrics, "faceedge_frames_received_total"),
            ServerProcess.Counter(metrics, "faceedge_frames_dropped_total"),
            ServerProcess.Counter(metrics, "faceedge_frames_encoded_total"),
            [.. Enumerable.Range(1, cameras).Select(i => ServerProcess.Counter(metrics, $"faceedge_frames_detected_total{{camera=\"{NameOf(i)}\"}}"))]);
    }

    /// <summary>The name of a camera, from 1 on.</summary>
    public static string NameOf(int camera) => FormattableString.Invariant($"c{camera:00}");

    /// <summary>What was counted since, scaled.</summary>
    public CameraCounters Since(CameraCounters before, double scale) => new(
        (Frames - before.Frames) * scale,
        (Dropped - before.Dropped) * scale,
        (Encoded - before.Encoded) * scale,
        [.. Detected.Zip(before.Detected, (now, then) => (now - then) * scale)]);
}
