namespace FaceEdge.Drawing;

/// <summary>Capital letters, digits and a little punctuation in cells of 5 × 7 dots: enough for scores and notices, without a font file.</summary>
internal static class BitmapFont
{
    public const int GlyphWidth = 5;
    public const int GlyphHeight = 7;

    /// <summary>Dots from one glyph to the next.</summary>
    public const int Advance = GlyphWidth + 1;

    private const string Characters = " -.:+0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>Width of a text in pixels, without the gap after its last glyph.</summary>
    public static int Measure(int characters, int scale) => Math.Max(0, (characters * Advance) - 1) * scale;

    /// <summary>Draws a text with its top left corner at (x, y); small letters are drawn as capitals, unknown characters as blanks.</summary>
    /// <param name="canvas">The frame.</param>
    /// <param name="text">One line.</param>
    /// <param name="x">Pixels from the left; may lie off the frame.</param>
    /// <param name="y">Pixels from the top; may lie off the frame.</param>
    /// <param name="scale">Pixels a dot, at least 1.</param>
    /// <param name="colour">Of the dots.</param>
    public static void Draw(PixelCanvas canvas, ReadOnlySpan<char> text, int x, int y, int scale, Colour colour)
    {
        foreach (var character in text)
        {
            var index = Characters.IndexOf(char.ToUpperInvariant(character), StringComparison.Ordinal);
            if (index > 0)
            {
                DrawGlyph(canvas, Rows.Slice(index * GlyphHeight, GlyphHeight), x, y, scale, colour);
            }

            x += Advance * scale;
        }
    }

    private static void DrawGlyph(PixelCanvas canvas, ReadOnlySpan<byte> rows, int x, int y, int scale, Colour colour)
    {
        for (var row = 0; row < GlyphHeight; row++)
        {
            for (var column = 0; column < GlyphWidth; column++)
            {
                if ((rows[row] & (0b10000 >> column)) != 0)
                {
                    var left = x + (column * scale);
                    var top = y + (row * scale);
                    canvas.Fill(left, top, left + scale, top + scale, colour);
                }
            }
        }
    }

    /// <summary>Seven rows a glyph in the order of <see cref="Characters"/>; bit 4 is the leftmost dot.</summary>
    private static ReadOnlySpan<byte> Rows =>
    [
        0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0b01110, 0, 0, 0,
        0, 0, 0, 0, 0, 0b01100, 0b01100,
        0, 0b01100, 0b01100, 0, 0b01100, 0b01100, 0,
        0, 0b00100, 0b00100, 0b11111, 0b00100, 0b00100, 0,
        0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110,
        0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110,
        0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111,
        0b01110, 0b10001, 0b00001, 0b00110, 0b00001, 0b10001, 0b01110,
        0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010,
        0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110,
        0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110,
        0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000,
        0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110,
        0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100,
        0b01110, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001,
        0b11110, 0b10001, 0b10001, 0b11110, 0b10001, 0b10001, 0b11110,
        0b01110, 0b10001, 0b10000, 0b10000, 0b10000, 0b10001, 0b01110,
        0b11110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b11110,
        0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b11111,
        0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b10000,
        0b01110, 0b10001, 0b10000, 0b10111, 0b10001, 0b10001, 0b01110,
        0b10001, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001,
        0b01110, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110,
        0b00001, 0b00001, 0b00001, 0b00001, 0b10001, 0b10001, 0b01110,
        0b10001, 0b10010, 0b10100, 0b11000, 0b10100, 0b10010, 0b10001,
        0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b11111,
        0b10001, 0b11011, 0b10101, 0b10101, 0b10001, 0b10001, 0b10001,
        0b10001, 0b11001, 0b10101, 0b10011, 0b10001, 0b10001, 0b10001,
        0b01110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110,
        0b11110, 0b10001, 0b10001, 0b11110, 0b10000, 0b10000, 0b10000,
        0b01110, 0b10001, 0b10001, 0b10001, 0b10101, 0b10010, 0b01101,
        0b11110, 0b10001, 0b10001, 0b11110, 0b10100, 0b10010, 0b10001,
        0b01111, 0b10000, 0b10000, 0b01110, 0b00001, 0b00001, 0b11110,
        0b11111, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100,
        0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110,
        0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01010, 0b00100,
        0b10001, 0b10001, 0b10001, 0b10101, 0b10101, 0b11011, 0b10001,
        0b10001, 0b10001, 0b01010, 0b00100, 0b01010, 0b10001, 0b10001,
        0b10001, 0b10001, 0b01010, 0b00100, 0b00100, 0b00100, 0b00100,
        0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b10000, 0b11111,
    ];
}
