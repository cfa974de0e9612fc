using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FaceEdge.Imaging.Portable;

/// <summary>From BGRA32, as Skia has it, to BGR24; rows packed in both.</summary>
internal static class PixelLayout
{
    /// <summary>Leaves alpha out.</summary>
    /// <param name="bgra">Whole pixels.</param>
    /// <param name="bgr">As many pixels.</param>
    public static void BgraToBgr(ReadOnlySpan<byte> bgra, Span<byte> bgr)
    {
        var pixels = PixelCount(bgra, bgr);
        var done = Vector128.IsHardwareAccelerated ? BgraToBgrVector(bgra, bgr, pixels) : 0;
        BgraToBgrScalar(bgra[(done * 4)..], bgr[(done * 3)..], pixels - done);
    }

    internal static void BgraToBgrScalar(ReadOnlySpan<byte> bgra, Span<byte> bgr, int pixels)
    {
        for (var i = 0; i < pixels; i++)
        {
            bgr[i * 3] = bgra[i * 4];
            bgr[(i * 3) + 1] = bgra[(i * 4) + 1];
            bgr[(i * 3) + 2] = bgra[(i * 4) + 2];
        }
    }

    private static int PixelCount(ReadOnlySpan<byte> bgra, ReadOnlySpan<byte> bgr)
    {
        if (bgra.Length % 4 != 0 || bgra.Length / 4 * 3 != bgr.Length)
        {
            throw new ArgumentException($"{bgra.Length} bytes of BGRA and {bgr.Length} of BGR are not as many whole pixels.");
        }

        return bgra.Length / 4;
    }

    private static int BgraToBgrVector(ReadOnlySpan<byte> bgra, Span<byte> bgr, int pixels)
    {
        // Four pixels a step; each store writes 16 bytes of which 12 count, the next store overwrites the rest.
        var order = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 0, 0, 0, 0);
        ref var from = ref MemoryMarshal.GetReference(bgra);
        ref var to = ref MemoryMarshal.GetReference(bgr);
        var i = 0;
        for (; i + 6 <= pixels; i += 4)
        {
            Vector128.Shuffle(Vector128.LoadUnsafe(ref from, (nuint)(i * 4)), order).StoreUnsafe(ref to, (nuint)(i * 3));
        }

        return i;
    }
}
