using FaceEdge.Capture;
using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Imaging;
using FaceEdge.Streaming;
using FaceEdge.Telemetry;
using FaceEdge.Tests.Capture;
using FaceEdge.Tests.Detection.Onnx;
using Microsoft.Extensions.Logging.Abstractions;

namespace FaceEdge.Tests.Streaming;

public sealed class DetectionRateTests
{
    [Theory(Timeout = 600_000)]
    [InlineData(20, 60)]
    [InlineData(15, 45)]
    [InlineData(7, 21)]
    [InlineData(0, 90)]
    public async Task Detections_keep_the_rate_that_was_set_though_frames_come_at_another(int perSecond, int inThreeSeconds)
    {
        var clock = new ManualClock();
        var source = new ScriptedSource();
        using var metrics = new ServiceMetrics(clock);
        using var measured = new MeterReader(metrics);
        using var capture = new CameraCapture(source, new CameraOptions { Name = "door" }, clock, NullLogger.Instance);
        using var pipeline = new CameraPipeline(
            capture,
            FaceDetector.Load(SquareModel.Fixed(64, 64), new InferenceOptions { InputSide = 64 }),
            ImagingBackends.Select(new ImagingOptions()).Backend,
            new PipelineOptions(perSecond, 80),
            () => new PipelineSettings(DetectionMode.Face, 0.6f),
            new ChangeFeed(),
            metrics.ForCamera("door"),
            clock,
            NullLogger<CameraPipeline>.Instance);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = Task.WhenAll(capture.RunAsync(stop.Token), pipeline.RunAsync(stop.Token));

        for (var i = 1; i <= 90; i++)
        {
            source.Send((byte)i);
            await measured.ProcessedAsync(i);
            clock.Advance(TimeSpan.FromSeconds(1 / 30.0));
        }

        Assert.InRange(measured.FramesDetected, inThreeSeconds - 1, inThreeSeconds + 1);
        await stop.CancelAsync();
        await running;
    }
}
