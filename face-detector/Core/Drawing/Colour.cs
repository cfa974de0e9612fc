namespace FaceEdge.Drawing;

/// <summary>One opaque colour.</summary>
internal readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    public static Colour Black { get; } = new(0, 0, 0);

    public static Colour White { get; } = new(255, 255, 255);

    /// <summary>The green of the boxes: bright enough to be seen on skin, on snow and at night.</summary>
    public static Colour BoxGreen { get; } = new(0, 230, 64);

    /// <summary>Text on the green: contrast 9.7 to 1.</summary>
    public static Colour LabelText { get; } = new(0, 24, 8);

    /// <summary>The backdrop of a camera that has not sent a frame yet.</summary>
    public static Colour Slate { get; } = new(38, 44, 52);

    /// <summary>Luma, Cb and Cr by ITU-R BT.601.</summary>
    /// <param name="fullRange">0 to 255 rather than 16 to 235 and 240.</param>
    public (byte Luma, byte Cb, byte Cr) ToYCbCr(bool fullRange)
    {
        var luma = (0.299f * Red) + (0.587f * Green) + (0.114f * Blue);
        var (black, lumaScale, chromaScale) = fullRange ? (0f, 1f, 1f) : (16f, 219 / 255f, 224 / 255f);
        return (
            (byte)MathF.Round(black + (luma * lumaScale)),
            (byte)MathF.Round(Math.Clamp(128 + ((Blue - luma) / 1.772f * chromaScale), byte.MinValue, byte.MaxValue)),
            (byte)MathF.Round(Math.Clamp(128 + ((Red - luma) / 1.402f * chromaScale), byte.MinValue, byte.MaxValue)));
    }
}
