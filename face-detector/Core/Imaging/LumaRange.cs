using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FaceEdge.Imaging;

/// <summary>
/// Planes of video (luma 16 to 235, chroma 16 to 240) to those of JPEG (0 to 255): ITU-T T.871, clause 7. Fixed point with 7 fractional bits, within one
/// level of the exact formula.
/// </summary>
internal static class LumaRange
{
    private const int FractionBits = 7;
    private const int Half = 1 << (FractionBits - 1);
    private const byte Black = 16;
    private const byte Grey = 128;

    /// <summary>255 / 219 in 1/128.</summary>
    private const short LumaFactor = 149;

    /// <summary>255 / 224 in 1/128.</summary>
    private const short ChromaFactor = 146;

    /// <summary>Copies a planar frame and stretches its range where it is not full.</summary>
    /// <param name="frame">Planar.</param>
    /// <param name="full">As many bytes; another frame's or the same.</param>
    public static void Stretch(in FrameView frame, Span<byte> full)
    {
        if (!frame.IsPlanar || frame.Pixels.Length != full.Length)
        {
            throw new ArgumentException($"{full.Length} bytes are not {frame.Width}x{frame.Height} pixels of 4:2:0.");
        }

        if (frame.Format == PixelFormat.I420Full)
        {
            frame.Pixels.CopyTo(full);
            return;
        }

        var luma = frame.Luma;
        var chroma = frame.Pixels[luma.Length..];
        var done = Vector128.IsHardwareAccelerated ? LumaVector(luma, full) : 0;
        LumaScalar(luma[done..], full[done..]);
        full = full[luma.Length..];
        done = Vector128.IsHardwareAccelerated ? ChromaVector(chroma, full) : 0;
        ChromaScalar(chroma[done..], full[done..]);
    }

    internal static void LumaScalar(ReadOnlySpan<byte> from, Span<byte> to)
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = (byte)Math.Min(((Math.Max(from[i] - Black, 0) * LumaFactor) + Half) >> FractionBits, byte.MaxValue);
        }
    }

    internal static void ChromaScalar(ReadOnlySpan<byte> from, Span<byte> to)
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = (byte)Math.Clamp(((((from[i] - Grey) * ChromaFactor) + Half) >> FractionBits) + Grey, byte.MinValue, byte.MaxValue);
        }
    }

    /// <summary>The vector twin of <see cref="LumaScalar"/>; returns how many samples were done.</summary>
    internal static int LumaVector(ReadOnlySpan<byte> from, Span<byte> to)
    {
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        var i = 0;
        for (; i + Vector256<byte>.Count <= from.Length; i += Vector256<byte>.Count)
        {
            var bright = Vector256.SubtractSaturate(Vector256.LoadUnsafe(ref source, (nuint)i), Vector256.Create(Black));
            var (low, high) = Vector256.Widen(bright);
            Vector256.NarrowWithSaturation(
                ((low * (ushort)LumaFactor) + Vector256.Create((ushort)Half)) >>> FractionBits,
                ((high * (ushort)LumaFactor) + Vector256.Create((ushort)Half)) >>> FractionBits).StoreUnsafe(ref target, (nuint)i);
        }

        return i;
    }

    /// <summary>The vector twin of <see cref="ChromaScalar"/>; returns how many samples were done.</summary>
    internal static int ChromaVector(ReadOnlySpan<byte> from, Span<byte> to)
    {
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        var i = 0;
        for (; i + Vector256<byte>.Count <= from.Length; i += Vector256<byte>.Count)
        {
            var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref source, (nuint)i));
            Vector256.NarrowWithSaturation(Chroma(low.AsInt16()), Chroma(high.AsInt16())).StoreUnsafe(ref target, (nuint)i);
        }

        return i;
    }

    private static Vector256<ushort> Chroma(Vector256<short> samples)
    {
        var grey = Vector256.Create((short)Grey);
        var stretched = ((((samples - grey) * ChromaFactor) + Vector256.Create((short)Half)) >> FractionBits) + grey;
        return Vector256.Max(stretched, Vector256<short>.Zero).AsUInt16();
    }
}
