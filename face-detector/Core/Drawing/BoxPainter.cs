using FaceEdge.Contracts;
using FaceEdge.Detection;

namespace FaceEdge.Drawing;

/// <summary>Paints what was found straight into the bytes of a frame: no drawing library, no allocation.</summary>
internal static class BoxPainter
{
    /// <summary>Shorter side over line width: 3 pixels at 720 rows, 4 at 1080, seen from across a room and hiding little.</summary>
    private const int SideToLine = 240;

    /// <summary>Shorter side over pixels a dot of text: two at 720 rows.</summary>
    private const int SideToDot = 360;

    /// <summary>From this side on a dot is two pixels: a frame of 480 by 270 is one of many on a screen, and its text is read there.</summary>
    private const int SmallSide = 240;

    /// <summary>Outlines each face with its score, or both eyes of each face.</summary>
    /// <param name="canvas">The frame.</param>
    /// <param name="faces">In pixels of the frame that was searched.</param>
    /// <param name="mode">Faces or eyes.</param>
    /// <param name="scale">Canvas pixels per pixel of the frame that was searched.</param>
    public static void Paint(PixelCanvas canvas, ReadOnlySpan<Face> faces, DetectionMode mode, float scale = 1)
    {
        foreach (ref readonly var found in faces)
        {
            var face = found.Scale(scale);
            if (mode == DetectionMode.Eyes)
            {
                var eyes = EyeRegions.From(face);
                Paint(canvas, eyes.Right);
                Paint(canvas, eyes.Left);
            }
            else
            {
                Paint(canvas, face);
            }
        }
    }

    /// <summary>Outlines a box; the line lies inside the box's edges.</summary>
    public static void Paint(PixelCanvas canvas, in Box box)
    {
        var line = LineWidth(canvas);
        var (left, top, right, bottom) = Round(canvas, box);
        canvas.Fill(left, top, right, top + line, Colour.BoxGreen);
        canvas.Fill(left, bottom - line, right, bottom, Colour.BoxGreen);
        canvas.Fill(left, top, left + line, bottom, Colour.BoxGreen);
        canvas.Fill(right - line, top, right, bottom, Colour.BoxGreen);
    }

    /// <summary>Outlines a face and writes its confidence score on a tab above it, or below its top edge where there is no room above.</summary>
    public static void Paint(PixelCanvas canvas, in Face face)
    {
        Paint(canvas, face.Box);

        Span<char> score = stackalloc char[4];
        if (!face.Score.TryFormat(score, out var length, "0.00", provider: null))
        {
            return;
        }

        var side = Math.Min(canvas.Width, canvas.Height);
        var dot = Math.Max(side < SmallSide ? 1 : 2, side / SideToDot);
        var margin = 2 * dot;
        var width = BitmapFont.Measure(length, dot) + (2 * margin);
        var height = (BitmapFont.GlyphHeight * dot) + (2 * margin);
        var (left, top, _, _) = Round(canvas, face.Box);
        left = Math.Clamp(left, 0, Math.Max(0, canvas.Width - width));
        top = top >= height ? top - height : Math.Max(0, top);
        canvas.Fill(left, top, left + width, top + height, Colour.BoxGreen);
        BitmapFont.Draw(canvas, score[..length], left + margin, top + margin, dot, Colour.LabelText);
    }

    internal static int LineWidth(PixelCanvas canvas) => Math.Max(2, Math.Min(canvas.Width, canvas.Height) / SideToLine);

    /// <summary>To whole pixels. A box may reach far over the edge; one frame's width beyond is enough to clip correctly and keeps the numbers small.</summary>
    private static (int Left, int Top, int Right, int Bottom) Round(PixelCanvas canvas, in Box box) =>
        (Bound(box.X, canvas.Width), Bound(box.Y, canvas.Height), Bound(box.Right, canvas.Width), Bound(box.Bottom, canvas.Height));

    private static int Bound(float value, int side) => (int)MathF.Round(Math.Clamp(value, -side, 2 * side));
}
