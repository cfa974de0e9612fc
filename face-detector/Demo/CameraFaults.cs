namespace FaceEdge.Demo;

/// <summary>What light and camera do to a varied picture.</summary>
/// <param name="Red">Factor on the channel.</param>
/// <param name="Green">Factor on the channel.</param>
/// <param name="Blue">Factor on the channel.</param>
/// <param name="Contrast">Factor around middle grey.</param>
/// <param name="ShadowAngle">Radians: where the picture's darker side is.</param>
/// <param name="ShadowDepth">0 none to 1 black.</param>
/// <param name="Blur">Sigma in pixels; 0 is sharp.</param>
/// <param name="Noise">Largest deviation of a channel, in 255ths.</param>
/// <param name="JpegQuality">0 worst to 1 best of the range used.</param>
internal sealed record CameraFaults(
    float Red,
    float Green,
    float Blue,
    float Contrast,
    float ShadowAngle,
    float ShadowDepth,
    float Blur,
    int Noise,
    float JpegQuality)
{
    public static CameraFaults Draw(ref SeededRandom random)
    {
        var exposure = random.Between(0.55f, 1.2f);
        return new CameraFaults(
            exposure * random.Between(0.88f, 1.1f),
            exposure * random.Between(0.92f, 1.06f),
            exposure * random.Between(0.84f, 1.12f),
            random.Between(0.75f, 1.2f),
            random.Between(0, MathF.Tau),
            random.Chance(0.6f) ? random.Between(0.1f, 0.6f) : 0,
            random.Chance(0.35f) ? random.Between(0.4f, 1.3f) : 0,
            random.Chance(0.6f) ? random.Below(16) : 0,
            random.Unit());
    }
}
