namespace FaceEdge.Drawing;

/// <summary>Writes a notice such as "No signal since 12:34:56" on a darkened band over the frame.</summary>
internal static class NoticePainter
{
    /// <summary>Shorter side over pixels a dot: four at 720 rows.</summary>
    private const int SideToDot = 180;

    /// <summary>Paints the notice, as large as fits the width.</summary>
    /// <param name="canvas">The frame.</param>
    /// <param name="text">One line.</param>
    public static void Paint(PixelCanvas canvas, ReadOnlySpan<char> text)
    {
        var dot = Math.Max(1, Math.Min(canvas.Width, canvas.Height) / SideToDot);
        while (dot > 1 && BitmapFont.Measure(text.Length, dot) > canvas.Width * 9 / 10)
        {
            dot--;
        }

        var textHeight = BitmapFont.GlyphHeight * dot;
        var bandHeight = textHeight * 3;
        var top = (canvas.Height - bandHeight) / 2;
        canvas.Darken(0, top, canvas.Width, top + bandHeight);
        var left = (canvas.Width - BitmapFont.Measure(text.Length, dot)) / 2;
        BitmapFont.Draw(canvas, text, left, top + textHeight, dot, Colour.White);
    }
}
