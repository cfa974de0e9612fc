using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FaceEdge.Imaging;

/// <summary>
/// Planar 4:2:0 to BGR24 by ITU-R BT.601, each chroma sample spread over its four pixels: what OpenCV's capture does as well, so that
/// both backends show the same colours. Fixed point with 7 fractional bits: within 2 levels of the exact formula.
/// </summary>
internal static class Yuv420
{
    private const int FractionBits = 7;

    /// <summary>BT.601 in 1/128: luma and chroma factors, and what is added to luma × (Y - 128) to set black to 0, with one half to round.</summary>
    /// <param name="Luma">On Y.</param>
    /// <param name="Offset">(128 - black) × luma + 64.</param>
    /// <param name="CrToRed">On Cr.</param>
    /// <param name="CbToGreen">On Cb, taken off.</param>
    /// <param name="CrToGreen">On Cr, taken off.</param>
    /// <param name="CbToBlue">On Cb.</param>
    internal readonly record struct Coefficients(short Luma, short Offset, short CrToRed, short CbToGreen, short CrToGreen, short CbToBlue)
    {
        public static Coefficients Limited { get; } = new(149, (112 * 149) + 64, 204, 50, 104, 258);

        public static Coefficients Full { get; } = new(128, (128 * 128) + 64, 179, 44, 91, 227);
    }

    /// <summary>Converts a whole frame.</summary>
    /// <param name="frame">Planar.</param>
    /// <param name="bgr">3 × width × height bytes.</param>
    public static void ToBgr(in FrameView frame, Span<byte> bgr)
    {
        var (width, height, chroma) = (frame.Width, frame.Height, frame.ChromaWidth);
        if (!frame.IsPlanar || bgr.Length != width * height * 3)
        {
            throw new ArgumentException($"{frame.Format} into {bgr.Length} bytes of BGR are not {width}x{height} pixels of 4:2:0.");
        }

        var cb = frame.Cb;
        var cr = frame.Cr;
        var matrix = frame.Format == PixelFormat.I420Full ? Coefficients.Full : Coefficients.Limited;
        for (var y = 0; y < height; y++)
        {
            var luma = frame.Row(y);
            var blue = cb.Slice(y / 2 * chroma, chroma);
            var red = cr.Slice(y / 2 * chroma, chroma);
            var row = bgr.Slice(y * width * 3, width * 3);
            var done = Vector128.IsHardwareAccelerated ? RowVector(luma, blue, red, row, matrix) : 0;
            RowScalar(luma[done..], blue[(done / 2)..], red[(done / 2)..], row[(done * 3)..], matrix);
        }
    }

    /// <summary>The scalar twin of <see cref="RowVector"/>; both give the same bytes.</summary>
    internal static void RowScalar(ReadOnlySpan<byte> luma, ReadOnlySpan<byte> cb, ReadOnlySpan<byte> cr, Span<byte> bgr, in Coefficients matrix)
    {
        for (var x = 0; x < luma.Length; x++)
        {
            var y = ((luma[x] - 128) * matrix.Luma) + matrix.Offset;
            var u = Math.Max(cb[x / 2] - 128, -127);
            var v = Math.Max(cr[x / 2] - 128, -127);
            bgr[x * 3] = Clamp(y + (u * matrix.CbToBlue));
            bgr[(x * 3) + 1] = Clamp(y - (u * matrix.CbToGreen) - (v * matrix.CrToGreen));
            bgr[(x * 3) + 2] = Clamp(y + (v * matrix.CrToRed));
        }
    }

    /// <summary>Sixteen pixels a step; returns how many were done.</summary>
    internal static int RowVector(ReadOnlySpan<byte> luma, ReadOnlySpan<byte> cb, ReadOnlySpan<byte> cr, Span<byte> bgr, in Coefficients matrix)
    {
        ref var y = ref MemoryMarshal.GetReference(luma);
        ref var u = ref MemoryMarshal.GetReference(cb);
        ref var v = ref MemoryMarshal.GetReference(cr);
        ref var to = ref MemoryMarshal.GetReference(bgr);
        var x = 0;
        for (; x + 16 <= luma.Length; x += 16)
        {
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref y, (nuint)x));
            low = Bright(low, matrix.Luma);
            high = Bright(high, matrix.Luma);
            var (uDifference, vDifference) = (Difference(ref u, (nuint)x / 2), Difference(ref v, (nuint)x / 2));
            var green = -((uDifference * matrix.CbToGreen) + (vDifference * matrix.CrToGreen));
            Interleave(
                Mix(low, high, uDifference * matrix.CbToBlue, matrix.Offset),
                Mix(low, high, green, matrix.Offset),
                Mix(low, high, vDifference * matrix.CrToRed, matrix.Offset),
                ref to,
                (nuint)x * 3);
        }

        return x;
    }

    private static Vector128<ushort> Bright(Vector128<ushort> luma, short coefficient) =>
        ((luma.AsInt16() - Vector128.Create((short)128)) * coefficient).AsUInt16();

    /// <summary>Eight chroma samples less their middle; not under -127, so that every product fits into 16 bits.</summary>
    private static Vector128<short> Difference(ref byte plane, nuint at)
    {
        var eight = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref plane, at))).AsByte();
        return Vector128.Max(Vector128.WidenLower(eight).AsInt16() - Vector128.Create((short)128), Vector128.Create((short)-127));
    }

    /// <summary>
    /// Adds each chroma term to its two pixels and rounds to bytes. The sums saturate at 16 bits, which only happens where the byte saturates too.
    /// </summary>
    private static Vector128<byte> Mix(Vector128<ushort> low, Vector128<ushort> high, Vector128<short> chroma, short offset)
    {
        var first = Vector128.Shuffle(chroma, Vector128.Create((short)0, 0, 1, 1, 2, 2, 3, 3));
        var second = Vector128.Shuffle(chroma, Vector128.Create((short)4, 4, 5, 5, 6, 6, 7, 7));
        return Vector128.NarrowWithSaturation(Round(low.AsInt16(), first, offset), Round(high.AsInt16(), second, offset));
    }

    private static Vector128<ushort> Round(Vector128<short> luma, Vector128<short> chroma, short offset)
    {
        var sum = Vector128.AddSaturate(Vector128.AddSaturate(luma, chroma), Vector128.Create(offset));
        return Vector128.Max(sum >> FractionBits, Vector128<short>.Zero).AsUInt16();
    }

    /// <summary>Sixteen pixels of three planes to 48 bytes of BGR24.</summary>
    internal static void Interleave(Vector128<byte> blue, Vector128<byte> green, Vector128<byte> red, ref byte to, nuint at)
    {
        // An index out of range makes a zero byte.
        const byte N = 255;
        (Vector128.Shuffle(blue, Vector128.Create((byte)0, N, N, 1, N, N, 2, N, N, 3, N, N, 4, N, N, 5))
            | Vector128.Shuffle(green, Vector128.Create((byte)N, 0, N, N, 1, N, N, 2, N, N, 3, N, N, 4, N, N))
            | Vector128.Shuffle(red, Vector128.Create((byte)N, N, 0, N, N, 1, N, N, 2, N, N, 3, N, N, 4, N)))
            .StoreUnsafe(ref to, at);
        (Vector128.Shuffle(blue, Vector128.Create((byte)N, N, 6, N, N, 7, N, N, 8, N, N, 9, N, N, 10, N))
            | Vector128.Shuffle(green, Vector128.Create((byte)5, N, N, 6, N, N, 7, N, N, 8, N, N, 9, N, N, 10))
            | Vector128.Shuffle(red, Vector128.Create((byte)N, 5, N, N, 6, N, N, 7, N, N, 8, N, N, 9, N, N)))
            .StoreUnsafe(ref to, at + 16);
        (Vector128.Shuffle(blue, Vector128.Create((byte)N, 11, N, N, 12, N, N, 13, N, N, 14, N, N, 15, N, N))
            | Vector128.Shuffle(green, Vector128.Create((byte)N, N, 11, N, N, 12, N, N, 13, N, N, 14, N, N, 15, N))
            | Vector128.Shuffle(red, Vector128.Create((byte)10, N, N, 11, N, N, 12, N, N, 13, N, N, 14, N, N, 15)))
            .StoreUnsafe(ref to, at + 32);
    }

    private static byte Clamp(int fixedPoint) => (byte)Math.Clamp(fixedPoint >> FractionBits, byte.MinValue, byte.MaxValue);
}
