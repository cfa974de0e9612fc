namespace FaceEdge.Streaming;

/// <summary>All cameras of the service, in the order of the configuration. Runs each one's capture and pipeline as long as the host runs.</summary>
internal sealed class CameraSet : IHostedService, IAsyncDisposable
{
    /// <summary>Between the starts of two cameras: all at once would keep every processor busy while the page waits for its first frame.</summary>
    private static readonly TimeSpan StartInterval = TimeSpan.FromMilliseconds(100);

    private readonly IReadOnlyList<Camera> _cameras;
    private readonly IHostApplicationLifetime _host;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private bool _disposed;

    /// <param name="cameras">Owned by the set from here on.</param>
    /// <param name="host">Stopped when a camera cannot go on.</param>
    /// <param name="time">Spreads the starts.</param>
    /// <param name="log">Told why.</param>
    public CameraSet(IReadOnlyList<Camera> cameras, IHostApplicationLifetime host, TimeProvider time, ILogger<CameraSet> log)
    {
        _time = time;
        _cameras = cameras;
        _host = host;
        _log = log;
        Pipelines = [.. cameras.Select(camera => camera.Pipeline)];
    }

    /// <summary>Whether a camera could not go on, and the host stops for it.</summary>
    public bool HasFailed { get; private set; }

    public IReadOnlyList<CameraPipeline> Pipelines { get; }

    /// <summary>The camera of a name, whatever its case, or null.</summary>
    public Camera? Find(string name) =>
        _cameras.FirstOrDefault(camera => string.Equals(camera.Pipeline.Name, name, StringComparison.OrdinalIgnoreCase));

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.WhenAll(_cameras.SelectMany((camera, index) => new[]
        {
            Task.Run(() => GuardAsync(camera.Pipeline.Name, stop => CaptureAsync(camera, StartInterval * index, stop)), CancellationToken.None),
            Task.Run(() => GuardAsync(camera.Pipeline.Name, camera.Pipeline.RunAsync), CancellationToken.None),
        }));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await StopAsync(CancellationToken.None);
        foreach (var camera in _cameras)
        {
            camera.Pipeline.Dispose();
            camera.Capture.Dispose();
        }

        _stop.Dispose();
    }

    private async Task CaptureAsync(Camera camera, TimeSpan delay, CancellationToken cancellationToken)
    {
        await Task.Delay(delay, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await camera.Capture.RunAsync(cancellationToken);
    }

    /// <summary>
    /// What ends a loop is not the camera's fault (out of memory, for example): a service that went on without it would look healthy and see nothing.
    /// </summary>
    private async Task GuardAsync(string camera, Func<CancellationToken, Task> run)
    {
        try
        {
            await run(_stop.Token);
        }
        catch (Exception exception) when (!_stop.IsCancellationRequested)
        {
            PipelineLog.CameraEnded(_log, camera, exception);
            HasFailed = true;
            _host.StopApplication();
        }
    }
}
