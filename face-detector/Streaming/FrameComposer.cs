using System.Globalization;
using FaceEdge.Capture;
using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Drawing;
using FaceEdge.Imaging;
using FaceEdge.Privacy;
using FaceEdge.Telemetry;

namespace FaceEdge.Streaming;

/// <summary>Makes the JPEG that viewers see: the camera's frame with boxes, or with a notice while there is no signal.</summary>
internal sealed class FrameComposer : IDisposable
{
    /// <summary>Of the notice of a camera that has not sent a frame yet.</summary>
    private const int BlankWidth = 1280;

    private const int BlankHeight = 720;

    private readonly FramePool _canvases = new();
    private readonly EncodedFramePool _encoded = new();

    /// <summary>By the step of the width; null for the first, which is the camera's own.</summary>
    private readonly ResizedCanvas?[] _resized = [.. Rendition.All.Where(rendition => rendition.QualityStep == 0).Select(
        rendition => rendition.WidthStep == 0 ? null : new ResizedCanvas(rendition.MaxWidth))];

    /// <summary>What was encoded of the current frame: a camera narrower than a step, or encoded coarser than one, needs no second encoding for it.</summary>
    private readonly List<Encoding> _made = new(Rendition.Count);

    private readonly IImagingBackend _imaging;
    private readonly int _quality;
    private readonly CameraMetrics _metrics;
    private readonly TimeProvider _time;
    private long _sequence;

    public FrameComposer(IImagingBackend imaging, int quality, CameraMetrics metrics, TimeProvider time)
    {
        _imaging = imaging;
        _quality = quality;
        _metrics = metrics;
        _time = time;
    }

    /// <summary>
    /// Hides what must not be seen, paints the faces, or their eyes, and encodes: once for each rendition that is wanted, whatever the number of its viewers.
    /// </summary>
    public void Compose(
        Frame frame, in Hiding hiding, ReadOnlySpan<Face> faces, DetectionMode mode, in DetectTimings timings, RenditionSet wanted, FrameBroadcaster viewers)
    {
        var caption = new Caption(hiding.Mode, frame.CapturedAt, faces.Length, timings.Inference);
        OutgoingFrame outgoing = default;
        var isMade = false;
        try
        {
            for (var step = 0; step < _resized.Length; step++)
            {
                if (wanted.HasWidth(step))
                {
                    if (!isMade || IsResized(frame, step))
                    {
                        outgoing.Dispose();
                        outgoing = default;
                        outgoing = Render(frame, step, hiding, faces, mode);
                        isMade = true;
                    }

                    Publish(outgoing, step, caption, wanted, viewers);
                }
            }
        }
        finally
        {
            outgoing.Dispose();
            Release();
        }
    }

    /// <summary>Writes since when there is no signal over the last frame, or over a blank one where none ever came.</summary>
    public void ComposeNotice(Frame? last, in Hiding hiding, CameraStatus status, RenditionSet wanted, FrameBroadcaster viewers)
    {
        var caption = new Caption(hiding.Mode, _time.GetTimestamp(), 0, TimeSpan.Zero);
        var notice = Notice(status, _time);
        using var ground = last?.AddReference() ?? Blank();
        try
        {
            for (var step = 0; step < _resized.Length; step++)
            {
                if (wanted.HasWidth(step))
                {
                    var canvas = Copy(ground, step);
                    using var outgoing = OutgoingFrame.WithNotice(canvas, (float)canvas.Width / ground.Width, hiding, notice);
                    Publish(outgoing, step, caption, wanted, viewers);
                }
            }
        }
        finally
        {
            Release();
        }
    }

    public void Dispose()
    {
        _canvases.Dispose();
        foreach (var canvas in _resized)
        {
            canvas?.Dispose();
        }
    }

    /// <summary>
    /// The notice over the frame. A signal lost on another day has its date, because a time alone would be taken for today's, and the zone, because the page
    /// shows the same moment in the viewer's.
    /// </summary>
    /// <param name="status">Of the camera.</param>
    /// <param name="time">Now, and the zone that is shown.</param>
    internal static string Notice(CameraStatus status, TimeProvider time)
    {
        var since = TimeZoneInfo.ConvertTime(status.Since, time.LocalTimeZone);
        return status.State switch
        {
            CameraState.Connecting => "Connecting to the camera",
            CameraState.Live => "Waiting for the next frame",
            _ => $"No signal since {since.ToString(since.Date == time.GetLocalNow().Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} {ZoneOf(since)}",
        };
    }

    private static string ZoneOf(DateTimeOffset at) => at.Offset == TimeSpan.Zero ? "UTC" : at.ToString("'UTC'zzz", CultureInfo.InvariantCulture);

    /// <summary>The frame in a width with what is painted on it.</summary>
    private OutgoingFrame Render(Frame frame, int step, in Hiding hiding, ReadOnlySpan<Face> faces, DetectionMode mode)
    {
        if (faces.IsEmpty && hiding.IsEmpty && !IsResized(frame, step))
        {
            return OutgoingFrame.AsItIs(frame, hiding);
        }

        var start = _time.GetTimestamp();
        var canvas = Copy(frame, step);
        var outgoing = OutgoingFrame.WithBoxes(canvas, (float)canvas.Width / frame.Width, hiding, faces, mode);
        _metrics.Spent(Stage.Paint, _time.GetElapsedTime(start));
        return outgoing;
    }

    private void Publish(in OutgoingFrame outgoing, int step, in Caption caption, RenditionSet wanted, FrameBroadcaster viewers)
    {
        foreach (var rendition in Rendition.All)
        {
            if (rendition.WidthStep == step && wanted.Contains(rendition))
            {
                viewers.Publish(rendition, Encoded(outgoing, Math.Min(rendition.MaxQuality, _quality), caption).AddReference());
            }
        }
    }

    private EncodedFrame Encoded(in OutgoingFrame outgoing, int quality, in Caption caption)
    {
        foreach (var made in _made)
        {
            if (made.Width == outgoing.Width && made.Quality == quality)
            {
                return made.Frame;
            }
        }

        var frame = Encode(outgoing, quality, caption);
        _made.Add(new Encoding(outgoing.Width, quality, frame));
        return frame;
    }

    private EncodedFrame Encode(in OutgoingFrame outgoing, int quality, in Caption caption)
    {
        var start = _time.GetTimestamp();
        var encoded = _encoded.Rent();
        try
        {
            outgoing.EncodeJpeg(_imaging, quality, encoded);
        }
        catch
        {
            encoded.Dispose();
            throw;
        }

        encoded.Sequence = ++_sequence;
        encoded.CapturedAt = caption.CapturedAt;
        encoded.Privacy = caption.Privacy;
        encoded.Faces = caption.Faces;
        encoded.InferenceMilliseconds = (float)caption.Inference.TotalMilliseconds;
        _metrics.Encoded();
        _metrics.Spent(Stage.Encode, _time.GetElapsedTime(start));
        return encoded;
    }

    private void Release()
    {
        foreach (var made in _made)
        {
            made.Frame.Dispose();
        }

        _made.Clear();
    }

    private bool IsResized(Frame frame, int step) => _resized[step] is { } canvas && canvas.Width < frame.Width;

    /// <summary>A camera's frame may be held by others too, and is read-only. Planes get the range of JPEG on the way, so that they are encoded as they are.</summary>
    private Frame Copy(Frame frame, int step)
    {
        if (IsResized(frame, step))
        {
            return _resized[step]!.Resize(frame);
        }

        if (!frame.Layout.IsPlanar)
        {
            var copy = _canvases.Rent(frame.Layout);
            frame.Pixels.CopyTo(copy.Pixels);
            return copy;
        }

        var full = _canvases.Rent(frame.Layout with { Format = PixelFormat.I420Full });
        LumaRange.Stretch(frame.View, full.Pixels);
        return full;
    }

    private Frame Blank()
    {
        var blank = _canvases.Rent(BlankWidth, BlankHeight);
        PixelCanvas.Over(blank).Fill(0, 0, BlankWidth, BlankHeight, Colour.Slate);
        return blank;
    }

    /// <summary>What viewers are told with a frame.</summary>
    private readonly record struct Caption(PrivacyMode Privacy, long CapturedAt, int Faces, TimeSpan Inference);

    private readonly record struct Encoding(int Width, int Quality, EncodedFrame Frame);
}
