using System.Buffers;
using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Drawing;
using FaceEdge.Imaging;

namespace FaceEdge.Privacy;

/// <summary>
/// The one path by which pixels leave the service: whatever is sent as a JPEG was made here, and shows no more than the <see cref="Hiding"/> that its maker
/// had to name. Tests assert that nothing else in the service calls the encoder.
/// </summary>
internal readonly struct OutgoingFrame : IDisposable
{
    private readonly Frame? _frame;

    private OutgoingFrame(Frame frame) => _frame = frame;

    /// <summary>Pixels in a row.</summary>
    public int Width => _frame!.Width;

    /// <summary>A frame that has nothing to hide.</summary>
    /// <param name="frame">Held by others too, and only read.</param>
    /// <param name="hiding">What it must not show.</param>
    /// <exception cref="ArgumentException">There is something to hide.</exception>
    public static OutgoingFrame AsItIs(Frame frame, in Hiding hiding) => hiding.IsEmpty
        ? new OutgoingFrame(frame.AddReference())
        : throw new ArgumentException("A frame with something to hide must be painted on.", nameof(hiding));

    /// <summary>A frame with boxes.</summary>
    /// <param name="canvas">Nobody else's: it is painted on, and given back with the outgoing frame.</param>
    /// <param name="scale">How many of its pixels is one of the frame that was searched.</param>
    /// <param name="hiding">What it must not show, in pixels of the frame that was searched.</param>
    /// <param name="faces">To box, in the same pixels.</param>
    /// <param name="mode">Whether faces or eyes are boxed.</param>
    public static OutgoingFrame WithBoxes(Frame canvas, float scale, in Hiding hiding, ReadOnlySpan<Face> faces, DetectionMode mode)
    {
        Hide(canvas, scale, hiding);
        BoxPainter.Paint(PixelCanvas.Over(canvas), faces, mode, scale);
        return new OutgoingFrame(canvas);
    }

    /// <summary>A frame with a notice over it.</summary>
    /// <param name="canvas">Nobody else's: it is painted on, and given back with the outgoing frame.</param>
    /// <param name="scale">How many of its pixels is one of the frame that was searched.</param>
    /// <param name="hiding">What it must not show, in pixels of the frame that was searched.</param>
    /// <param name="notice">One line.</param>
    public static OutgoingFrame WithNotice(Frame canvas, float scale, in Hiding hiding, string notice)
    {
        Hide(canvas, scale, hiding);
        NoticePainter.Paint(PixelCanvas.Over(canvas), notice);
        return new OutgoingFrame(canvas);
    }

    /// <param name="imaging">Encodes.</param>
    /// <param name="quality">1 to 100.</param>
    /// <param name="output">Receives the JPEG.</param>
    public void EncodeJpeg(IImagingBackend imaging, int quality, IBufferWriter<byte> output) => imaging.EncodeJpeg(_frame!, quality, output);

    /// <summary>Gives the canvas back; does nothing for a frame that was never made.</summary>
    public void Dispose() => _frame?.Dispose();

    private static void Hide(Frame canvas, float scale, in Hiding hiding)
    {
        if (hiding.IsPlain)
        {
            PixelCanvas.Over(canvas).Fill(0, 0, canvas.Width, canvas.Height, Colour.Slate);
        }
        else if (!hiding.IsEmpty)
        {
            foreach (ref readonly var hidden in hiding.Regions)
            {
                var (region, cell) = hidden.Scale(scale);
                Mosaic.Cover(canvas, region, cell);
            }
        }
    }
}
