using FaceEdge.Capture;
using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Imaging;
using FaceEdge.Streaming;
using FaceEdge.Telemetry;
using FaceEdge.Tests.Detection.Onnx;
using Microsoft.Extensions.Logging.Abstractions;

namespace FaceEdge.Tests.Streaming;

public sealed class FairnessTests
{
    /// <summary>More than a small host has processors, so that somebody always waits for one.</summary>
    private const int Busy = 8;

    [Fact(Timeout = 600_000)]
    public async Task Cameras_that_always_have_a_newer_frame_starve_no_other()
    {
        using var session = ModelSession.Load(SquareModel.Dynamic, new InferenceOptions());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var metrics = new ServiceMetrics(TimeProvider.System);
        using var quietMetrics = new ServiceMetrics(TimeProvider.System);
        using var quiet = new MeterReader(quietMetrics);
        var source = new ScriptedSource();
        Task[] running =
        [
            .. Enumerable.Range(0, Busy).Select(number => RunAsync(new EndlessSource(), session, metrics, $"busy{number}", stop.Token)),
            RunAsync(source, session, quietMetrics, "quiet", stop.Token),
        ];

        for (var i = 1; i <= 20; i++)
        {
            source.Send((byte)i);
            while (quiet.FramesDetected < i)
            {
                await Task.Delay(1, stop.Token);
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(running);
    }

    private static async Task RunAsync(IFrameSource source, ModelSession session, ServiceMetrics metrics, string name, CancellationToken cancellationToken)
    {
        using var capture = new CameraCapture(source, new CameraOptions { Name = name }, TimeProvider.System, NullLogger.Instance);
        using var pipeline = new CameraPipeline(
            capture,
            session.CreateDetector(),
            ImagingBackends.Select(new ImagingOptions()).Backend,
            new PipelineOptions(0, 80),
            () => new PipelineSettings(DetectionMode.Face, 0.6f),
            new ChangeFeed(),
            metrics.ForCamera(name),
            TimeProvider.System,
            NullLogger<CameraPipeline>.Instance);
        await Task.WhenAll(Task.Run(() => capture.RunAsync(cancellationToken), CancellationToken.None), Task.Run(() => pipeline.RunAsync(cancellationToken), CancellationToken.None));
    }

    /// <summary>Puts a newer frame whenever the one before was taken.</summary>
    private sealed class EndlessSource : IFrameSource
    {
        public async Task RunAsync(IFrameSink sink, CancellationToken cancellationToken)
        {
            for (byte grey = 0; ; grey++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var frame = sink.Pool.Rent(ScriptedSource.Width, ScriptedSource.Height);
                frame.Pixels.Fill(grey);
                sink.Publish(frame);
                await Task.Yield();
            }
        }
    }
}
