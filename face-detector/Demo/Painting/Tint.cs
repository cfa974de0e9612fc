using SkiaSharp;

namespace FaceEdge.Demo.Painting;

/// <summary>Mixing of colours.</summary>
internal static class Tint
{
    /// <summary><paramref name="amount"/> 0 keeps the colour, 1 gives the other one.</summary>
    public static SKColor Towards(this SKColor color, SKColor other, float amount) => new(
        Mix(color.Red, other.Red, amount),
        Mix(color.Green, other.Green, amount),
        Mix(color.Blue, other.Blue, amount),
        Mix(color.Alpha, other.Alpha, amount));

    /// <summary>The colour under a filter whose channels are 0 to 1.</summary>
    public static SKColor Times(this SKColor color, float red, float green, float blue) => new(
        (byte)Math.Clamp(color.Red * red, 0, 255),
        (byte)Math.Clamp(color.Green * green, 0, 255),
        (byte)Math.Clamp(color.Blue * blue, 0, 255),
        color.Alpha);

    /// <summary>The colour at this opacity, 0 to 1.</summary>
    public static SKColor Fade(this SKColor color, float opacity) => color.WithAlpha((byte)(255 * opacity));

    /// <summary>Perceived brightness, 0 to 1 (ITU-R BT.601 weights).</summary>
    public static float Brightness(this SKColor color) => ((0.299f * color.Red) + (0.587f * color.Green) + (0.114f * color.Blue)) / 255;

    private static byte Mix(byte from, byte to, float amount) => (byte)(from + ((to - from) * amount) + 0.5f);
}
