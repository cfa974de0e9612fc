using FaceEdge.Streaming;

namespace FaceEdge.Counting;

/// <summary>Counts at all cameras, and keeps the counts in a folder where there is one: read at the start, written every minute and at the end.</summary>
internal sealed class PeopleCounts : IHostedService, IDisposable
{
    private static readonly TimeSpan SaveInterval = TimeSpan.FromMinutes(1);

    private readonly CountFolder[] _folders;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private Task _saving = Task.CompletedTask;

    /// <param name="cameras">All cameras.</param>
    /// <param name="path">Null keeps the counts in memory alone.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Told of files that cannot be read or written.</param>
    public PeopleCounts(CameraSet cameras, string? path, TimeProvider time, ILogger<PeopleCounts> log)
    {
        _time = time;
        Counters = [.. cameras.Pipelines.Select(Watch)];
        var service = Guid.NewGuid().ToString("N")[..12];
        _folders = path is null ? [] : [.. Counters.Select(counter => new CountFolder(Path.Combine(path, "counts", counter.Camera), service, counter.History, time, log))];
    }

    public IReadOnlyList<PeopleCounter> Counters { get; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_folders.Length > 0)
        {
            _saving = Task.Run(SaveAsync, CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _saving.WaitAsync(cancellationToken);
    }

    public void Dispose() => _stop.Dispose();

    private static PeopleCounter Watch(CameraPipeline pipeline)
    {
        var counter = new PeopleCounter(pipeline.Name, pipeline.Metrics.Passed);
        pipeline.Observed += counter.Observe;
        return counter;
    }

    private async Task SaveAsync()
    {
        using var timer = new PeriodicTimer(SaveInterval, _time);
        try
        {
            do
            {
                Save();
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            Save();
        }
    }

    private void Save()
    {
        foreach (var folder in _folders)
        {
            folder.Save();
        }
    }
}
