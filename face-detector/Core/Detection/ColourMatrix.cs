using FaceEdge.Imaging;

namespace FaceEdge.Detection;

/// <summary>From luma and chroma to colours, ITU-R BT.601: luma less its black times a factor, chroma less 128 times its factors.</summary>
/// <param name="Black">The luma of black.</param>
/// <param name="Luma">On luma.</param>
/// <param name="CrToRed">On Cr.</param>
/// <param name="CbToGreen">On Cb, taken off.</param>
/// <param name="CrToGreen">On Cr, taken off.</param>
/// <param name="CbToBlue">On Cb.</param>
internal readonly record struct ColourMatrix(float Black, float Luma, float CrToRed, float CbToGreen, float CrToGreen, float CbToBlue)
{
    /// <summary>The chroma of what has no colour.</summary>
    public const float Grey = 128;

    private const float LimitedChroma = 255 / 224f;

    private static readonly ColourMatrix Full = new(0, 1, 1.402f, 0.344136f, 0.714136f, 1.772f);

    private static readonly ColourMatrix Limited = new(
        16, 255 / 219f, Full.CrToRed * LimitedChroma, Full.CbToGreen * LimitedChroma, Full.CrToGreen * LimitedChroma, Full.CbToBlue * LimitedChroma);

    public static ColourMatrix Of(PixelFormat format) => format == PixelFormat.I420Full ? Full : Limited;
}
