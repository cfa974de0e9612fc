using System.Threading.Channels;
using FaceEdge.Capture;
using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Imaging;
using FaceEdge.Streaming;
using FaceEdge.Telemetry;
using FaceEdge.Tests.Capture;
using FaceEdge.Tests.Detection.Onnx;
using FaceEdge.Tests.Streaming;
using Microsoft.Extensions.Logging.Abstractions;

namespace FaceEdge.Tests.Privacy;

/// <summary>What a viewer of a camera sees, decoded, when faces come and the detector misses them, settings change and the signal goes.</summary>
public sealed class PrivatePipelineTests : IAsyncLifetime
{
    private static readonly Box Face = DetailedFace.At(4, 3);

    /// <summary>Between two frames that show the same.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly ManualClock _clock = new();
    private readonly PaintedSource _source = new();
    private readonly ServiceMetrics _metrics;
    private readonly MeterReader _measured;
    private readonly CameraCapture _capture;
    private readonly IImagingBackend _imaging = ImagingBackends.Select(new ImagingOptions()).Backend;
    private readonly CancellationTokenSource _stop = new();
    private readonly Wakeup _wakeup = new();
    private PrivacyMode _privacy = PrivacyMode.Blur;
    private float _threshold = 0.6f;
    private CameraPipeline _pipeline = null!;
    private FrameSubscription _viewer = null!;
    private Task _running = Task.CompletedTask;
    private int _sent;

    public PrivatePipelineTests()
    {
        _metrics = new ServiceMetrics(_clock);
        _measured = new MeterReader(_metrics);
        _capture = new CameraCapture(_source, new CameraOptions { Name = "door" }, _clock, NullLogger.Instance);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _viewer.Dispose();
        _pipeline.Dispose();
        _capture.Dispose();
        Assert.Equal(0, _capture.Pool.Outstanding);
        _measured.Dispose();
        _metrics.Dispose();
        _stop.Dispose();
    }

    [Fact(Timeout = 600_000)]
    public async Task A_face_is_shown_in_mode_none_and_hidden_in_mode_blur()
    {
        _privacy = PrivacyMode.None;
        Watch();
        Assert.InRange(await DetailAsync(Face), DetailedFace.Shown, 255);

        _privacy = PrivacyMode.Blur;
        _pipeline.TakeSettings();

        Assert.InRange(await DetailAsync(Face), 0, DetailedFace.Hidden);
    }

    [Fact(Timeout = 600_000)]
    public async Task Mode_boxes_shows_nothing_of_the_frame()
    {
        _privacy = PrivacyMode.Boxes;
        Watch();

        using var shown = await NextAsync(frame => DetailedFace.Paint(frame, Face, found: false));

        Assert.InRange(DetailedFace.DetailIn(shown), 0, 1);
    }

    [Theory(Timeout = 600_000)]
    [InlineData(5)]
    [InlineData(15)]
    public async Task A_burst_of_misses_uncovers_nobody(int rate)
    {
        Watch();
        await DetailAsync(Face);
        for (var i = 0; i < 1.9 * rate; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1.0 / rate) - Step);
            Assert.InRange(await DetailAsync(Face, found: false), 0, DetailedFace.Hidden);
        }
    }

    [Fact(Timeout = 600_000)]
    public async Task A_face_too_weak_to_be_boxed_is_hidden()
    {
        _threshold = 0.99f;
        Watch();

        Assert.InRange(await DetailAsync(Face), 0, DetailedFace.Hidden);
    }

    [Fact(Timeout = 600_000)]
    public async Task Only_frames_that_were_searched_go_out()
    {
        Watch(detectionsPerSecond: 5);
        for (var i = 0; i < 30; i++)
        {
            var (column, row) = (1 + (i % 7), 1 + (i % 5));
            var box = DetailedFace.At(column, row);
            await SendAsync(frame => DetailedFace.Paint(frame, box));
            if (_viewer.Take() is { } jpeg)
            {
                using var shown = Decode(jpeg);
                Assert.InRange(DetailedFace.DetailIn(shown), 0, DetailedFace.Hidden);
            }

            _clock.Advance(TimeSpan.FromSeconds(1 / 30.0));
        }

        Assert.InRange(_measured.FramesEncoded, 3, 8);
    }

    [Fact(Timeout = 600_000)]
    public async Task Without_a_model_no_frame_goes_out()
    {
        Watch(detector: false);

        await SendAsync(frame => DetailedFace.Paint(frame, Face));
        while (_viewer.Take() is { } jpeg)
        {
            using var shown = Decode(jpeg);
            Assert.InRange(DetailedFace.DetailIn(shown), 0, 1);
        }
    }

    [Fact(Timeout = 600_000)]
    public async Task The_last_frame_under_the_notice_is_hidden_too()
    {
        Watch();
        await DetailAsync(Face);
        _source.Fail();
        while (_pipeline.Condition.State != CameraState.NoSignal || !_pipeline.Broadcaster.Lacking().IsEmpty)
        {
            await _wakeup.WaitAsync(Cancellation);
        }

        using var notice = Decode(await TakeAsync());

        // Above the band of the notice; of the face, which lies at rows 96 to 128, this is the upper half.
        Assert.InRange(DetailedFace.DetailIn(notice, Face with { Height = 8 }), 0, DetailedFace.Hidden);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_viewer_who_comes_late_sees_nobody_either()
    {
        Watch();
        await DetailAsync(Face);
        using var late = _pipeline.Broadcaster.Subscribe(_wakeup);
        while (true)
        {
            if (late.Take() is { } jpeg)
            {
                using var shown = Decode(jpeg);
                Assert.InRange(DetailedFace.DetailIn(shown, Face), 0, DetailedFace.Hidden);
                return;
            }

            await _wakeup.WaitAsync(Cancellation);
        }
    }

    [Fact(Timeout = 600_000)]
    public async Task A_frame_that_waits_for_a_slow_viewer_is_taken_away_when_privacy_is_tightened()
    {
        _privacy = PrivacyMode.None;
        Watch();
        await SendAsync(frame => DetailedFace.Paint(frame, Face));

        _privacy = PrivacyMode.Boxes;
        _pipeline.TakeSettings();

        // Whatever is there now was made after the change.
        if (_viewer.Take() is { } jpeg)
        {
            using var shown = Decode(jpeg);
            Assert.InRange(DetailedFace.DetailIn(shown, Face), 0, DetailedFace.Hidden);
        }
    }

    private void Watch(int detectionsPerSecond = 0, bool detector = true)
    {
        _pipeline = new CameraPipeline(
            _capture,
            detector ? FaceDetector.Load(SquareModel.Dynamic, new InferenceOptions { InputSide = DetailedFace.Width }) : null,
            _imaging,
            new PipelineOptions(detectionsPerSecond, 90),
            () => new PipelineSettings(DetectionMode.Eyes, _threshold, _privacy),
            new ChangeFeed(),
            _metrics.ForCamera("door"),
            _clock,
            NullLogger<CameraPipeline>.Instance);
        _viewer = _pipeline.Broadcaster.Subscribe(_wakeup);
        _running = Task.WhenAll(_capture.RunAsync(_stop.Token), _pipeline.RunAsync(_stop.Token));
    }

    private async Task<double> DetailAsync(Box box, bool found = true)
    {
        using var shown = await NextAsync(frame => DetailedFace.Paint(frame, box, found));
        return DetailedFace.DetailIn(shown, box);
    }

    /// <summary>Sends a frame and decodes what the viewer sees of it.</summary>
    private async Task<Frame> NextAsync(Action<Frame> paint)
    {
        _viewer.Take()?.Dispose();
        await SendAsync(paint);
        _viewer.Take()?.Dispose();

        // The change of the camera's state may have shown something else meanwhile.
        _clock.Advance(Step);
        await SendAsync(paint);
        return Decode(await TakeAsync());
    }

    private async Task SendAsync(Action<Frame> paint)
    {
        _source.Send(frame =>
        {
            DetailedFace.Clear(frame);
            paint(frame);
        });
        _sent++;
        await _measured.ProcessedAsync(_sent);
    }

    private async Task<EncodedFrame> TakeAsync()
    {
        while (true)
        {
            if (_viewer.Take() is { } jpeg)
            {
                return jpeg;
            }

            await _wakeup.WaitAsync(Cancellation);
        }
    }

    private Frame Decode(EncodedFrame jpeg)
    {
        using (jpeg)
        {
            return _imaging.Decode(jpeg.Jpeg.Span, ImageLimits.Default, new FramePool());
        }
    }

    private sealed class PaintedSource : IFrameSource
    {
        private readonly Channel<Action<Frame>?> _script = Channel.CreateUnbounded<Action<Frame>?>();

        public void Send(Action<Frame> paint) => _script.Writer.TryWrite(paint);

        public void Fail() => _script.Writer.TryWrite(null);

        public async Task RunAsync(IFrameSink sink, CancellationToken cancellationToken)
        {
            while (true)
            {
                var paint = await _script.Reader.ReadAsync(cancellationToken) ?? throw new CaptureException("the plug was pulled");
                var frame = sink.Pool.Rent(DetailedFace.Width, DetailedFace.Height);
                paint(frame);
                sink.Publish(frame);
            }
        }
    }
}
