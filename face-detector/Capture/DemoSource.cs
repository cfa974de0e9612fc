using FaceEdge.Demo;
using FaceEdge.Demo.Painting;

namespace FaceEdge.Capture;

/// <summary>
/// A camera that needs no camera: drawn people in motion, whose boxes are known. Frame n of a seed always shows the same pixels; a host too
/// slow for the rate skips frames, as it would a camera's.
/// </summary>
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
    }

    public async Task RunAsync(IFrameSink sink, CancellationToken cancellationToken)
    {
        // Painting the scenery takes a moment that is not the caller's.
        await Task.Yield();
        using var painter = new DemoPainter(new DemoScene(_settings));
        var start = _time.GetTimestamp();
        for (long number = 0; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var frame = sink.Pool.Rent(_settings.Width, _settings.Height);
            try
            {
                painter.Paint(_settings.TimeOf(number), frame);
            }
            catch
            {
                frame.Dispose();
                throw;
            }

            sink.Publish(frame);

            var elapsed = _time.GetElapsedTime(start);
            number = Math.Max(number + 1, (long)(elapsed.TotalSeconds * _settings.FramesPerSecond));
            var due = TimeSpan.FromSeconds(_settings.TimeOf(number)) - elapsed;
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due, _time, cancellationToken);
            }
        }
    }
}
