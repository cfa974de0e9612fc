using FaceEdge.Capture;
using FaceEdge.Contracts;
using FaceEdge.Imaging;
using FaceEdge.Streaming;
using FaceEdge.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace FaceEdge.Tests.Streaming;

public sealed class CameraPipelineTests : IAsyncLifetime
{
    private readonly ScriptedSource _source = new();
    private readonly ServiceMetrics _metrics = new(TimeProvider.System);
    private readonly MeterReader _measured;
    private readonly CancellationTokenSource _stop = new();
    private readonly CameraCapture _capture;
    private readonly CameraPipeline _pipeline;
    private readonly IImagingBackend _imaging;
    private Task _running = Task.CompletedTask;
    private Action _whileWorkedOn = () => { };

    public CameraPipelineTests()
    {
        _measured = new MeterReader(_metrics);
        _imaging = ImagingBackends.Select(new ImagingOptions()).Backend;
        var options = new CameraOptions
        {
            Name = "door",
            ReconnectDelay = TimeSpan.FromMinutes(10),
            MaxReconnectDelay = TimeSpan.FromMinutes(10),
            SilentAfter = TimeSpan.FromHours(1),
        };
        _capture = new CameraCapture(_source, options, TimeProvider.System, NullLogger.Instance);
        _pipeline = new CameraPipeline(
            _capture,
            null,
            _imaging,
            new PipelineOptions(0, 80),
            () =>
            {
                _whileWorkedOn();
                return new PipelineSettings(DetectionMode.Face, 0.6f);
            },
            new ChangeFeed(),
            _metrics.ForCamera("door"),
            TimeProvider.System,
            NullLogger<CameraPipeline>.Instance);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _running = Task.WhenAll(_capture.RunAsync(_stop.Token), _pipeline.RunAsync(_stop.Token));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _pipeline.Dispose();
        _capture.Dispose();
        Assert.Equal(0, _capture.Pool.Outstanding);
        _measured.Dispose();
        _metrics.Dispose();
        _stop.Dispose();
    }

    [Fact(Timeout = 600_000)]
    public async Task Nothing_is_encoded_while_nobody_watches()
    {
        _source.Send(10);
        await _measured.ProcessedAsync(1);
        _source.Send(20);
        await _measured.ProcessedAsync(2);

        Assert.Equal(0, _measured.FramesEncoded);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_frame_is_encoded_once_for_all_viewers()
    {
        var wakeup = new Wakeup();
        var viewers = Enumerable.Range(0, 50).Select(_ => _pipeline.Broadcaster.Subscribe(wakeup)).ToArray();
        await ShownAsync(viewers[^1], wakeup);
        Array.ForEach(viewers, viewer => viewer.Take()?.Dispose());
        var before = _measured.FramesEncoded;

        _source.Send(10);
        using var last = await ShownAsync(viewers[^1], wakeup);

        // The change from connecting to live shows the same frame once more.
        Assert.InRange(_measured.FramesEncoded - before, 1, 2);
        Assert.All(viewers[..^1], viewer => Assert.NotNull(viewer.Take()));
        Array.ForEach(viewers, viewer => viewer.Dispose());
    }

    [Fact(Timeout = 600_000)]
    public async Task A_lost_camera_shows_a_notice_over_its_last_frame()
    {
        var wakeup = new Wakeup();
        using var viewer = _pipeline.Broadcaster.Subscribe(wakeup);
        _source.Send(200);
        await _measured.ProcessedAsync(1);
        _source.Fail();
        while (_pipeline.Status.State != CameraState.NoSignal)
        {
            await wakeup.WaitAsync(Cancellation);
        }

        byte edge = 0;
        byte band = 255;
        while (band > 100)
        {
            using var shown = await ShownAsync(viewer, wakeup);
            using var pool = new FramePool();
            using var frame = _imaging.Decode(shown.Jpeg.Span, ImageLimits.Default, pool);
            edge = frame.Pixels[0];
            band = frame.Pixels[frame.Stride * frame.Height / 2];
        }

        Assert.InRange(edge, 195, 205);
        Assert.InRange(band, 40, 60);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_new_viewer_of_a_lost_camera_gets_a_frame_at_once()
    {
        _source.Send(200);
        await _measured.ProcessedAsync(1);
        _source.Fail();

        var wakeup = new Wakeup();
        using var viewer = _pipeline.Broadcaster.Subscribe(wakeup);
        using var shown = await ShownAsync(viewer, wakeup);

        Assert.NotEqual(0, shown.Jpeg.Length);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_camera_that_is_always_ahead_is_seen_to_be_live()
    {
        _whileWorkedOn = () =>
        {
            var before = Newest();
            _source.Send((byte)before);
            SpinWait.SpinUntil(() => Newest() > before || _stop.IsCancellationRequested);
        };
        var wakeup = new Wakeup();
        using var viewer = _pipeline.Broadcaster.Subscribe(wakeup);
        _source.Send(10);
        var width = 0;
        while (width != ScriptedSource.Width)
        {
            using var shown = await ShownAsync(viewer, wakeup);
            using var pool = new FramePool();
            using var frame = _imaging.Decode(shown.Jpeg.Span, ImageLimits.Default, pool);
            width = frame.Width;
        }

        Assert.Equal(CameraState.Live, _pipeline.Condition.State);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_camera_that_never_sent_anything_says_that_it_is_connecting()
    {
        var wakeup = new Wakeup();
        using var viewer = _pipeline.Broadcaster.Subscribe(wakeup);
        using var shown = await ShownAsync(viewer, wakeup);

        using var pool = new FramePool();
        using var frame = _imaging.Decode(shown.Jpeg.Span, ImageLimits.Default, pool);
        Assert.Equal((1280, 720), (frame.Width, frame.Height));
    }

    private long Newest()
    {
        using var frame = _capture.Frames.Latest();
        return frame?.Sequence ?? 0;
    }

    private static async Task<EncodedFrame> ShownAsync(FrameSubscription viewer, Wakeup wakeup)
    {
        while (true)
        {
            if (viewer.Take() is { } frame)
            {
                return frame;
            }

            await wakeup.WaitAsync(Cancellation);
        }
    }
}
