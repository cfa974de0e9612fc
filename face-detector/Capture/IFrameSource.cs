namespace FaceEdge.Capture;

/// <summary>
/// Reads a camera's frames. Knows one connection only: reconnecting, the watchdog for silent and frozen feeds, and what the
/// page shows meanwhile belong to <see cref="CameraCapture"/>, which runs the same source again for each connection.
/// </summary>
internal interface IFrameSource
{
    /// <summary>Connects and hands on frames as they arrive, until the feed ends or the token is cancelled.</summary>
    /// <param name="sink">Takes the frames; slow detection never holds it up.</param>
    /// <param name="cancellationToken">Ends the connection; native reads return within a second of it.</param>
    /// <returns>A task that completes when the feed ended normally (a snapshot series never does).</returns>
    /// <exception cref="CaptureException">The camera cannot be reached or sends what no frame can be made of.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task RunAsync(IFrameSink sink, CancellationToken cancellationToken);
}
