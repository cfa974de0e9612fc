using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace FaceEdge.Detection;

/// <summary>The passes over bytes, each for the two widths of registers: 256 bits, and 128 for arm64 and older processors.</summary>
internal readonly partial struct VectorRowKernel
{
    /// <summary>Sixteen squares of 2 x 2 a step; returns how many were done.</summary>
    private static int AveragePairs256(ReadOnlySpan<byte> rows, int stride, Span<float> resized)
    {
        ref var source = ref MemoryMarshal.GetReference(rows);
        ref var target = ref MemoryMarshal.GetReference(resized);
        var x = 0;
        for (; x <= resized.Length - Vector256<short>.Count; x += Vector256<short>.Count)
        {
            Store((PairSums(ref source, x * 2) + PairSums(ref source, stride + (x * 2))).AsUInt16(), 1f / 4, ref target, x);
        }

        return x;
    }

    /// <summary>Eight squares of 4 x 4 a step; returns how many were done.</summary>
    private static int AverageFours256(ReadOnlySpan<byte> rows, int stride, Span<float> resized)
    {
        ref var source = ref MemoryMarshal.GetReference(rows);
        ref var target = ref MemoryMarshal.GetReference(resized);
        var x = 0;
        for (; x <= resized.Length - Vector256<float>.Count; x += Vector256<float>.Count)
        {
            var pairs = PairSums(ref source, x * 4)
                + PairSums(ref source, stride + (x * 4))
                + PairSums(ref source, (2 * stride) + (x * 4))
                + PairSums(ref source, (3 * stride) + (x * 4));
            var sums = Avx2.MultiplyAddAdjacent(pairs, Vector256<short>.One);
            (Vector256.ConvertToSingle(sums) * (1f / 16)).StoreUnsafe(ref target, (nuint)x);
        }

        return x;
    }

    /// <summary>Sums of two neighbours each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> PairSums(ref byte source, int at) =>
        Avx2.MultiplyAddAdjacent(Vector256.LoadUnsafe(ref source, (nuint)at), Vector256<sbyte>.One);

    /// <summary>Eight squares of 2 x 2 a step, for arm64; returns how many were done.</summary>
    private static int AveragePairs128(ReadOnlySpan<byte> rows, int stride, Span<float> resized)
    {
        ref var source = ref MemoryMarshal.GetReference(rows);
        ref var target = ref MemoryMarshal.GetReference(resized);
        var x = 0;
        for (; x <= resized.Length - Vector128<ushort>.Count; x += Vector128<ushort>.Count)
        {
            var sums = AdvSimd.AddPairwiseWidening(Vector128.LoadUnsafe(ref source, (nuint)(x * 2)));
            sums = AdvSimd.AddPairwiseWideningAndAdd(sums, Vector128.LoadUnsafe(ref source, (nuint)(stride + (x * 2))));
            Store(sums, 1f / 4, ref target, x);
        }

        return x;
    }

    /// <summary>Four squares of 4 x 4 a step, for arm64; returns how many were done.</summary>
    private static int AverageFours128(ReadOnlySpan<byte> rows, int stride, Span<float> resized)
    {
        ref var source = ref MemoryMarshal.GetReference(rows);
        ref var target = ref MemoryMarshal.GetReference(resized);
        var x = 0;
        for (; x <= resized.Length - Vector128<float>.Count; x += Vector128<float>.Count)
        {
            var pairs = AdvSimd.AddPairwiseWidening(Vector128.LoadUnsafe(ref source, (nuint)(x * 4)));
            for (var y = 1; y < 4; y++)
            {
                pairs = AdvSimd.AddPairwiseWideningAndAdd(pairs, Vector128.LoadUnsafe(ref source, (nuint)((y * stride) + (x * 4))));
            }

            (Vector128.ConvertToSingle(AdvSimd.AddPairwiseWidening(pairs).AsInt32()) * (1f / 16)).StoreUnsafe(ref target, (nuint)x);
        }

        return x;
    }

    /// <summary>Four rows of four to four columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> A, Vector128<float> B, Vector128<float> C, Vector128<float> D) Transpose(
        Vector128<float> p0, Vector128<float> p1, Vector128<float> p2, Vector128<float> p3)
    {
        var (a, b, c) = Deinterleave(p0, p1, p2, p3);
        if (Sse.IsSupported)
        {
            return (a, b, c, Sse.MoveHighToLow(Sse.UnpackHigh(p2, p3), Sse.UnpackHigh(p0, p1)));
        }

        return AdvSimd.Arm64.IsSupported
            ? (a, b, c, AdvSimd.Arm64.ZipHigh(AdvSimd.Arm64.ZipHigh(p0, p1).AsDouble(), AdvSimd.Arm64.ZipHigh(p2, p3).AsDouble()).AsSingle())
            : (a, b, c, Vector128.Create(p0[3], p1[3], p2[3], p3[3]));
    }

    private static int ResizeVertical256(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<ushort> weights, Span<float> resized, int length)
    {
        ref var source = ref MemoryMarshal.GetReference(rows);
        ref var target = ref MemoryMarshal.GetReference(resized);
        var i = 0;
        for (; i <= length - Vector256<byte>.Count; i += Vector256<byte>.Count)
        {
            var low = Vector256<ushort>.Zero;
            var high = Vector256<ushort>.Zero;
            for (var k = 0; k < weights.Length; k++)
            {
                var bytes = Vector256.LoadUnsafe(ref source, (nuint)((k * stride) + i));
                var weight = Vector256.Create(weights[k]);
                low += Vector256.WidenLower(bytes) * weight;
                high += Vector256.WidenUpper(bytes) * weight;
            }

            Store(low, Scale, ref target, i);
            Store(high, Scale, ref target, i + Vector256<ushort>.Count);
        }

        return i;
    }

    internal static int ResizeVertical128(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<ushort> weights, Span<float> resized, int length)
    {
        ref var source = ref MemoryMarshal.GetReference(rows);
        ref var target = ref MemoryMarshal.GetReference(resized);
        var i = 0;
        for (; i <= length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var low = Vector128<ushort>.Zero;
            var high = Vector128<ushort>.Zero;
            for (var k = 0; k < weights.Length; k++)
            {
                var bytes = Vector128.LoadUnsafe(ref source, (nuint)((k * stride) + i));
                var weight = Vector128.Create(weights[k]);
                low += Vector128.WidenLower(bytes) * weight;
                high += Vector128.WidenUpper(bytes) * weight;
            }

            Store(low, Scale, ref target, i);
            Store(high, Scale, ref target, i + Vector128<ushort>.Count);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<ushort> sums, float scale, ref float target, int at)
    {
        (Vector256.ConvertToSingle(Vector256.WidenLower(sums).AsInt32()) * scale).StoreUnsafe(ref target, (nuint)at);
        (Vector256.ConvertToSingle(Vector256.WidenUpper(sums).AsInt32()) * scale).StoreUnsafe(ref target, (nuint)(at + Vector256<float>.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<ushort> sums, float scale, ref float target, int at)
    {
        (Vector128.ConvertToSingle(Vector128.WidenLower(sums).AsInt32()) * scale).StoreUnsafe(ref target, (nuint)at);
        (Vector128.ConvertToSingle(Vector128.WidenUpper(sums).AsInt32()) * scale).StoreUnsafe(ref target, (nuint)(at + Vector128<float>.Count));
    }
}
