using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FaceEdge.Imaging.Portable;

/// <summary>Between BGR24 and BGRA32; rows packed in both.</summary>
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

    /// <summary>Makes every pixel opaque.</summary>
    /// <param name="bgr">Whole pixels.</param>
    /// <param name="bgra">As many pixels.</param>
    public static void BgrToBgra(ReadOnlySpan<byte> bgr, Span<byte> bgra)
    {
        var pixels = PixelCount(bgra, bgr);
        var done = Vector128.IsHardwareAccelerated ? BgrToBgraVector(bgr, bgra, pixels) : 0;
        BgrToBgraScalar(bgr[(done * 3)..], bgra[(done * 4)..], pixels - done);
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

    internal static void BgrToBgraScalar(ReadOnlySpan<byte> bgr, Span<byte> bgra, int pixels)
    {
        for (var i = 0; i < pixels; i++)
        {
            bgra[i * 4] = bgr[i * 3];
            bgra[(i * 4) + 1] = bgr[(i * 3) + 1];
            bgra[(i * 4) + 2] = bgr[(i * 3) + 2];
            bgra[(i * 4) + 3] = byte.MaxValue;
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

    private static int BgrToBgraVector(ReadOnlySpan<byte> bgr, Span<byte> bgra, int pixels)
    {
        var order = Vector128.Create((byte)0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 9, 10, 11, 255);
        var opaque = Vector128.Create(0xFF000000u).AsByte();
        ref var from = ref MemoryMarshal.GetReference(bgr);
        ref var to = ref MemoryMarshal.GetReference(bgra);
        var i = 0;
        for (; i + 6 <= pixels; i += 4)
        {
            var four = Vector128.Shuffle(Vector128.LoadUnsafe(ref from, (nuint)(i * 3)), order);
            (four | opaque).StoreUnsafe(ref to, (nuint)(i * 4));
        }

        return i;
    }
}
