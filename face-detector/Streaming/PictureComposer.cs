using System.Globalization;
using FaceEdge.Capture;
using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Drawing;
using FaceEdge.Imaging;
using FaceEdge.Telemetry;

namespace FaceEdge.Streaming;

/// <summary>Makes the JPEG that viewers see: the camera's picture with boxes, or with a notice while there is no signal.</summary>
internal sealed class PictureComposer : IDisposable
{
    /// <summary>Of the notice of a camera that has not sent a picture yet.</summary>
    private const int BlankWidth = 1280;

    private const int BlankHeight = 720;

    private readonly FramePool _canvases = new();
    private readonly EncodedFramePool _encoded = new();
    private readonly IImagingBackend _imaging;
    private readonly int _quality;
    private readonly CameraMetrics _metrics;
    private readonly TimeProvider _time;
    private long _sequence;

    public PictureComposer(IImagingBackend imaging, int quality, CameraMetrics metrics, TimeProvider time)
    {
        _imaging = imaging;
        _quality = quality;
        _metrics = metrics;
        _time = time;
    }

    /// <summary>Paints the faces, or their eyes, and encodes; the caller owns the result.</summary>
    public EncodedFrame Compose(Frame frame, ReadOnlySpan<Face> faces, DetectionMode mode, in DetectTimings timings)
    {
        var start = _time.GetTimestamp();
        if (faces.IsEmpty)
        {
            return Encode(frame, frame.CapturedAt, 0, timings);
        }

        using var canvas = Copy(frame);
        BoxPainter.Paint(PixelCanvas.Over(canvas), faces, mode);
        _metrics.Spent(Stage.Paint, _time.GetElapsedTime(start));
        return Encode(canvas, frame.CapturedAt, faces.Length, timings);
    }

    /// <summary>Writes since when there is no signal over the last picture, or over a blank one where none ever came.</summary>
    public EncodedFrame ComposeNotice(Frame? last, CameraStatus status)
    {
        using var canvas = last is null ? Blank() : Copy(last);
        NoticePainter.Paint(PixelCanvas.Over(canvas), Notice(status, _time));
        return Encode(canvas, _time.GetTimestamp(), 0, default);
    }

    public void Dispose() => _canvases.Dispose();

    /// <summary>What stands over the picture; of another day with its date, for a clock time alone would be taken for today's.</summary>
    /// <param name="status">Of the camera.</param>
    /// <param name="time">Now, and the zone that is shown.</param>
    internal static string Notice(CameraStatus status, TimeProvider time)
    {
        var since = TimeZoneInfo.ConvertTime(status.Since, time.LocalTimeZone);
        return status.State switch
        {
            CameraState.Connecting => "Connecting to the camera",
            CameraState.Live => "Waiting for the next picture",
            _ => "No signal since " + since.ToString(since.Date == time.GetLocalNow().Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        };
    }

    private EncodedFrame Encode(Frame frame, long capturedAt, int faces, in DetectTimings timings)
    {
        var start = _time.GetTimestamp();
        var encoded = _encoded.Rent();
        try
        {
            _imaging.EncodeJpeg(frame, _quality, encoded);
        }
        catch
        {
            encoded.Dispose();
            throw;
        }

        encoded.Sequence = ++_sequence;
        encoded.CapturedAt = capturedAt;
        encoded.Faces = faces;
        encoded.InferenceMilliseconds = (float)timings.Inference.TotalMilliseconds;
        _metrics.Encoded();
        _metrics.Spent(Stage.Encode, _time.GetElapsedTime(start));
        return encoded;
    }

    /// <summary>A camera's picture may be held by others too, and is read-only. Planes get the range of JPEG on the way, so that they are encoded as they are.</summary>
    private Frame Copy(Frame frame)
    {
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
}
