using FaceEdge.Capture;
using FaceEdge.Contracts;
using FaceEdge.Imaging;
using FaceEdge.Streaming;
using FaceEdge.Telemetry;
using FaceEdge.Tests.Capture;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace FaceEdge.Tests.Streaming;

public sealed class CameraSetTests
{
    [Fact(Timeout = 600_000)]
    public async Task A_camera_that_cannot_go_on_ends_the_service_instead_of_dying_unseen()
    {
        var host = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        await using var cameras = new CameraSet([Camera(new ScriptedSource()), Camera(new ExhaustedSource())], host, TimeProvider.System, NullLogger<CameraSet>.Instance);

        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var asked = host.ApplicationStopping.Register(stopping.SetResult);
        await cameras.StartAsync(TestContext.Current.CancellationToken);
        await stopping.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.True(cameras.HasFailed);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_set_that_is_stopped_has_not_failed()
    {
        var host = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        var cameras = new CameraSet([Camera(new ScriptedSource())], host, TimeProvider.System, NullLogger<CameraSet>.Instance);
        await cameras.StartAsync(TestContext.Current.CancellationToken);

        await cameras.DisposeAsync();

        Assert.False(cameras.HasFailed || host.ApplicationStopping.IsCancellationRequested);
    }

    [Fact(Timeout = 600_000)]
    public async Task Cameras_start_one_after_the_other()
    {
        var clock = new ManualClock();
        var (first, second) = (new AnnouncingSource(), new AnnouncingSource());
        await using var cameras = new CameraSet(
            [Camera(first), Camera(second)], new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance), clock, NullLogger<CameraSet>.Instance);

        await cameras.StartAsync(TestContext.Current.CancellationToken);
        await first.Runs.WaitAsync(TestContext.Current.CancellationToken);
        var wait = await clock.TimerMadeAsync();
        Assert.False(second.Runs.IsCompleted);

        clock.Advance(wait);

        await second.Runs.WaitAsync(TestContext.Current.CancellationToken);
    }

    private static Camera Camera(IFrameSource source)
    {
        var capture = new CameraCapture(source, new CameraOptions(), TimeProvider.System, NullLogger.Instance);
        var pipeline = new CameraPipeline(
            capture,
            null,
            ImagingBackends.Select(new ImagingOptions { Backend = ImagingChoice.Portable }).Backend,
            new PipelineOptions(0, 80),
            () => new PipelineSettings(DetectionMode.Face, 0.6f),
            new ChangeFeed(),
            new ServiceMetrics(TimeProvider.System).ForCamera("camera"),
            TimeProvider.System,
            NullLogger<CameraPipeline>.Instance);
        return new Camera(source, capture, pipeline);
    }

    /// <summary>Tells when it is run.</summary>
    private sealed class AnnouncingSource : IFrameSource
    {
        private readonly TaskCompletionSource _runs = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Runs => _runs.Task;

        public Task RunAsync(IFrameSink sink, CancellationToken cancellationToken)
        {
            _runs.TrySetResult();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }

    private sealed class ExhaustedSource : IFrameSource
    {
        public Task RunAsync(IFrameSink sink, CancellationToken cancellationToken) => throw new InsufficientMemoryException();
    }
}
