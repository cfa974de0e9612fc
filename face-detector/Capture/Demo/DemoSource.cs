using FaceEdge.Capture.Demo.Painting;

namespace FaceEdge.Capture.Demo;

/// <summary>A camera that needs no camera: drawn people in motion, whose boxes are known. Frame n of a seed always shows the same pixels.</summary>
internal sealed class DemoSource : IFrameSource
{
    private readonly DemoSettings _settings;
    private readonly TimeProvider _time;

    /// <param name="settings">Size, people, frames a second and seed.</param>
    /// <param name="time">Paces the frames.</param>
    public DemoSource(DemoSettings settings, TimeProvider time)
    {
        _settings = settings;
        _time = time;
        Scene = new DemoScene(settings.Seed, settings.Width, settings.Height, settings.Faces);
    }

    public DemoScene Scene { get; }

    public async Task RunAsync(IFrameSink sink, CancellationToken cancellationToken)
    {
        using var painter = new DemoPainter(Scene);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / _settings.FramesPerSecond), _time);
        long number = 0;
        do
        {
            var frame = sink.Pool.Rent(_settings.Width, _settings.Height);
            painter.Paint((double)number / _settings.FramesPerSecond, frame);
            sink.Publish(frame);
            number++;
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }
}
