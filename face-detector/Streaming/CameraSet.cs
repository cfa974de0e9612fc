namespace FaceEdge.Streaming;

/// <summary>All cameras of the service, in the order of the configuration. Runs each one's capture and pipeline as long as the host runs.</summary>
internal sealed class CameraSet : IHostedService, IAsyncDisposable
{
    private readonly IReadOnlyList<Camera> _cameras;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private bool _disposed;

    public CameraSet(IReadOnlyList<Camera> cameras)
    {
        _cameras = cameras;
        Pipelines = [.. cameras.Select(camera => camera.Pipeline)];
    }

    public IReadOnlyList<CameraPipeline> Pipelines { get; }

    /// <summary>The camera of a name, whatever its case, or null.</summary>
    public Camera? Find(string name) =>
        _cameras.FirstOrDefault(camera => string.Equals(camera.Pipeline.Name, name, StringComparison.OrdinalIgnoreCase));

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.WhenAll(_cameras.SelectMany(camera => new[]
        {
            Task.Run(() => camera.Capture.RunAsync(_stop.Token), CancellationToken.None),
            Task.Run(() => camera.Pipeline.RunAsync(_stop.Token), CancellationToken.None),
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
}
