using SkiaSharp;

namespace FaceEdge.Demo;

/// <summary>The ten skin tones of the Monk Skin Tone scale (Ellis Monk, 2019; skintone.google), lightest first.</summary>
internal static class MonkTone
{
    public const int Count = 10;

    private static readonly SKColor[] Colors =
    [
        new(0xF6, 0xED, 0xE4),
        new(0xF3, 0xE7, 0xDB),
        new(0xF7, 0xEA, 0xD0),
        new(0xEA, 0xDA, 0xBA),
        new(0xD7, 0xBD, 0x96),
        new(0xA0, 0x7E, 0x56),
        new(0x82, 0x5C, 0x43),
        new(0x60, 0x41, 0x34),
        new(0x3A, 0x31, 0x2A),
        new(0x29, 0x24, 0x20),
    ];

    /// <param name="tone">1 (lightest) to 10 (deepest), as the scale numbers them.</param>
    public static SKColor Color(int tone) => Colors[tone - 1];
}
