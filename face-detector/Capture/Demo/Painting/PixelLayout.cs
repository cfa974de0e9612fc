namespace FaceEdge.Capture.Demo.Painting;

internal static class PixelLayout
{
    public static void BgraToBgr(ReadOnlySpan<byte> bgra, Span<byte> bgr)
    {
        for (int i = 0, o = 0; i < bgra.Length; i += 4, o += 3)
        {
            bgr[o] = bgra[i];
            bgr[o + 1] = bgra[i + 1];
            bgr[o + 2] = bgra[i + 2];
        }
    }
}
