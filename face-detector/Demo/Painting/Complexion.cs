using SkiaSharp;

namespace FaceEdge.Demo.Painting;

/// <summary>The colours of one skin tone under a warm light from the upper left.</summary>
internal sealed record Complexion(SKColor Base, SKColor Lit, SKColor Shade, SKColor Deep, SKColor Blush, SKColor Lip, SKColor Line)
{
    private static readonly SKColor Sunlight = new(0xFF, 0xEE, 0xD6);
    /// <summary>The scene's light, as factors on the swatch of the scale: what keeps the lightest tones from looking like china.</summary>
    private static readonly (float Red, float Green, float Blue) MorningLight = (0.98f, 0.91f, 0.83f);

    private static readonly SKColor Coral = new(0xE2, 0x62, 0x52);
    private static readonly SKColor Rosewood = new(0xA8, 0x40, 0x42);
    private static readonly SKColor Umber = new(0x2A, 0x14, 0x10);

    public static Complexion Of(int tone)
    {
        var skin = MonkTone.Color(tone).Times(MorningLight.Red, MorningLight.Green, MorningLight.Blue);
        var light = skin.Brightness();
        return new Complexion(
            skin,
            skin.Towards(Sunlight, 0.16f + (0.14f * (1 - light))),
            skin.Times(0.80f, 0.66f, 0.60f),
            skin.Times(0.56f, 0.38f, 0.34f),
            skin.Towards(Coral, 0.55f),
            skin.Times(0.92f, 0.72f, 0.72f).Towards(Rosewood, 0.50f - (0.14f * (1 - light))),
            skin.Times(0.34f, 0.22f, 0.2f).Towards(Umber, 0.35f));
    }
}
