using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FaceEdge.Detection;

/// <summary>The inner loops in 128- and 256-bit vectors, for x64 and arm64 alike.</summary>
internal readonly struct VectorRowKernel : IRowKernel
{
    public static bool IsSupported => Vector128.IsHardwareAccelerated;

    public static void Blend(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<ushort> weights, Span<float> blended, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blended.Length, length);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Length, ((weights.Length - 1) * stride) + length);
        var done = Vector256.IsHardwareAccelerated
            ? Blend256(rows, stride, weights, blended, length)
            : Blend128(rows, stride, weights, blended, length);
        if (done < length)
        {
            ScalarRowKernel.Blend(rows[done..], stride, weights, blended[done..], length - done);
        }
    }

    public static void Shrink(ReadOnlySpan<float> row, ResizeTaps taps, Span<float> blue, Span<float> green, Span<float> red)
    {
        var count = taps.Count;
        var whole = blue.Length & ~3;
        ArgumentOutOfRangeException.ThrowIfLessThan(green.Length, blue.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(red.Length, blue.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(taps.Starts.Length, blue.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(row.Length, ((taps.Starts[blue.Length - 1] + count) * 3) + 1);
        ref var source = ref MemoryMarshal.GetReference(row);
        ref var weight = ref MemoryMarshal.GetArrayDataReference(taps.Weights);
        ref var start = ref MemoryMarshal.GetArrayDataReference(taps.Starts);
        for (var x = 0; x < whole; x += 4)
        {
            // A vector is one pixel: blue, green, red, and a lane that belongs to its neighbour and is dropped.
            var p0 = Pixel(ref source, Unsafe.Add(ref start, x), ref Unsafe.Add(ref weight, x * count), count);
            var p1 = Pixel(ref source, Unsafe.Add(ref start, x + 1), ref Unsafe.Add(ref weight, (x + 1) * count), count);
            var p2 = Pixel(ref source, Unsafe.Add(ref start, x + 2), ref Unsafe.Add(ref weight, (x + 2) * count), count);
            var p3 = Pixel(ref source, Unsafe.Add(ref start, x + 3), ref Unsafe.Add(ref weight, (x + 3) * count), count);
            Vector128.Create(p0.GetElement(0), p1.GetElement(0), p2.GetElement(0), p3.GetElement(0)).StoreUnsafe(ref blue[x]);
            Vector128.Create(p0.GetElement(1), p1.GetElement(1), p2.GetElement(1), p3.GetElement(1)).StoreUnsafe(ref green[x]);
            Vector128.Create(p0.GetElement(2), p1.GetElement(2), p2.GetElement(2), p3.GetElement(2)).StoreUnsafe(ref red[x]);
        }

        ScalarRowKernel.ShrinkFrom(whole, row, taps, blue, green, red);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Pixel(ref float source, int start, ref float weights, int count)
    {
        var sum = Vector128<float>.Zero;
        for (var k = 0; k < count; k++)
        {
            sum += Vector128.LoadUnsafe(ref source, (nuint)((start + k) * 3)) * Unsafe.Add(ref weights, k);
        }

        return sum;
    }

    private static int Blend256(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<ushort> weights, Span<float> blended, int length)
    {
        ref var source = ref MemoryMarshal.GetReference(rows);
        ref var target = ref MemoryMarshal.GetReference(blended);
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

            Store(low, ref target, i);
            Store(high, ref target, i + Vector256<ushort>.Count);
        }

        return i;
    }

    private static int Blend128(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<ushort> weights, Span<float> blended, int length)
    {
        ref var source = ref MemoryMarshal.GetReference(rows);
        ref var target = ref MemoryMarshal.GetReference(blended);
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

            Store(low, ref target, i);
            Store(high, ref target, i + Vector128<ushort>.Count);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<ushort> sums, ref float target, int at)
    {
        const float Scale = 1f / ResizeTaps.One;
        (Vector256.ConvertToSingle(Vector256.WidenLower(sums).AsInt32()) * Scale).StoreUnsafe(ref target, (nuint)at);
        (Vector256.ConvertToSingle(Vector256.WidenUpper(sums).AsInt32()) * Scale).StoreUnsafe(ref target, (nuint)(at + Vector256<float>.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<ushort> sums, ref float target, int at)
    {
        const float Scale = 1f / ResizeTaps.One;
        (Vector128.ConvertToSingle(Vector128.WidenLower(sums).AsInt32()) * Scale).StoreUnsafe(ref target, (nuint)at);
        (Vector128.ConvertToSingle(Vector128.WidenUpper(sums).AsInt32()) * Scale).StoreUnsafe(ref target, (nuint)(at + Vector128<float>.Count));
    }
}
