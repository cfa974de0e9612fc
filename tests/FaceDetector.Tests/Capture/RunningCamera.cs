using System.Threading.Channels;
using FaceEdge.Capture;
using Microsoft.Extensions.Logging.Abstractions;

namespace FaceEdge.Tests.Capture;

/// <summary>A camera's supervisor, running, whose changes of state can be awaited.</summary>
internal sealed class RunningCamera : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<CameraStatus> _changes = Channel.CreateUnbounded<CameraStatus>();
    private readonly Task _run;

    public RunningCamera(IFrameSource source, CameraOptions options, TimeProvider clock, Random random, CameraProbe? probe = null)
    {
        Capture = new CameraCapture(source, options, clock, NullLogger.Instance, random, probe);
        Capture.StatusChanged += status => _changes.Writer.TryWrite(status);
        _run = Capture.RunAsync(_stop.Token);
    }

    public CameraCapture Capture { get; }

    /// <summary>The first change of the camera's condition to the state, from the last one awaited on.</summary>
    public async Task<CameraStatus> ReachesAsync(CameraState state)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        var seen = new List<string>();
        try
        {
            while (true)
            {
                var status = await _changes.Reader.ReadAsync(limit.Token);
                seen.Add($"{status.State} ({status.Reason})");
                if (status.State == state)
                {
                    return status;
                }
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The camera never was {state}; it was {string.Join(", ", seen.DefaultIfEmpty("nothing"))}.");
        }
    }

    /// <summary>The next frames as they come.</summary>
    public async Task<int> ReadAsync(int frames)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        long last = 0;
        var read = 0;
        while (read < frames)
        {
            using var frame = await Capture.Frames.NextAsync(last, limit.Token);
            last = frame.Sequence;
            read++;
        }

        return read;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        Capture.Dispose();
        FrameAssert.AllComeBackTo(Capture.Pool);
        _stop.Dispose();
    }
}
