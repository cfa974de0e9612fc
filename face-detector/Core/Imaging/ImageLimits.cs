namespace FaceEdge.Imaging;

/// <summary>The limits of a picture from outside; checked on its header, so that a decompression bomb costs nothing.</summary>
/// <param name="MaxBytes">Encoded size.</param>
/// <param name="MaxSide">Pixels of the longer side.</param>
/// <param name="MaxPixels">Width × height.</param>
internal readonly record struct ImageLimits(int MaxBytes, int MaxSide, long MaxPixels)
{
    /// <summary>16 MiB, 16,384 pixels a side, 50 megapixels: beyond what surveillance cameras and phones deliver.</summary>
    public static ImageLimits Default { get; } = new(16 * 1024 * 1024, 16_384, 50_000_000);
}
