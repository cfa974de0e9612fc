using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using FaceEdge.Imaging;

namespace FaceEdge.Detection;

/// <summary>The inner loops in 128- and 256-bit vectors, for x64 and arm64 alike.</summary>
internal readonly partial struct VectorRowKernel : IRowKernel
{
    private const float Scale = 1f / ResizeTaps.One;

    public static bool IsSupported => Vector128.IsHardwareAccelerated;

    public static void ResizeVertical(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<ushort> weights, Span<float> resized, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resized.Length, length);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Length, ((weights.Length - 1) * stride) + length);
        var done = Vector256.IsHardwareAccelerated
            ? ResizeVertical256(rows, stride, weights, resized, length)
            : ResizeVertical128(rows, stride, weights, resized, length);
        if (done < length)
        {
            ScalarRowKernel.ResizeVertical(rows[done..], stride, weights, resized[done..], length - done);
        }
    }

    public static void Average(ReadOnlySpan<byte> rows, int stride, int count, Span<float> averaged, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(averaged.Length, length);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Length, ((count - 1) * stride) + length);
        ref var source = ref MemoryMarshal.GetReference(rows);
        ref var target = ref MemoryMarshal.GetReference(averaged);
        var share = 1f / count;
        var i = 0;
        for (; i <= length - Vector256<byte>.Count; i += Vector256<byte>.Count)
        {
            var low = Vector256<ushort>.Zero;
            var high = Vector256<ushort>.Zero;
            for (var k = 0; k < count; k++)
            {
                var bytes = Vector256.LoadUnsafe(ref source, (nuint)((k * stride) + i));
                low += Vector256.WidenLower(bytes);
                high += Vector256.WidenUpper(bytes);
            }

            Store(low, share, ref target, i);
            Store(high, share, ref target, i + Vector256<ushort>.Count);
        }

        if (i < length)
        {
            ScalarRowKernel.Average(rows[i..], stride, count, averaged[i..], length - i);
        }
    }

    public static void ResizeHorizontal(ReadOnlySpan<float> row, ResizeTaps taps, Span<float> blue, Span<float> green, Span<float> red)
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
            Vector128<float> p0, p1, p2, p3;
            if (taps.IsUniform)
            {
                p0 = Sum(ref source, Unsafe.Add(ref start, x), count) * weight;
                p1 = Sum(ref source, Unsafe.Add(ref start, x + 1), count) * weight;
                p2 = Sum(ref source, Unsafe.Add(ref start, x + 2), count) * weight;
                p3 = Sum(ref source, Unsafe.Add(ref start, x + 3), count) * weight;
            }
            else
            {
                p0 = Weigh(ref source, Unsafe.Add(ref start, x), ref Unsafe.Add(ref weight, x * count), count);
                p1 = Weigh(ref source, Unsafe.Add(ref start, x + 1), ref Unsafe.Add(ref weight, (x + 1) * count), count);
                p2 = Weigh(ref source, Unsafe.Add(ref start, x + 2), ref Unsafe.Add(ref weight, (x + 2) * count), count);
                p3 = Weigh(ref source, Unsafe.Add(ref start, x + 3), ref Unsafe.Add(ref weight, (x + 3) * count), count);
            }

            var (b, g, r) = Deinterleave(p0, p1, p2, p3);
            b.StoreUnsafe(ref MemoryMarshal.GetReference(blue), (nuint)x);
            g.StoreUnsafe(ref MemoryMarshal.GetReference(green), (nuint)x);
            r.StoreUnsafe(ref MemoryMarshal.GetReference(red), (nuint)x);
        }

        ScalarRowKernel.ResizeHorizontalFrom(whole, row, taps, blue, green, red);
    }

    public static void AverageSquares(ReadOnlySpan<byte> rows, int stride, int side, Span<float> resized)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Length, ((side - 1) * stride) + (resized.Length * side));
        var done = (Avx2.IsSupported, AdvSimd.IsSupported, side) switch
        {
            (true, _, 2) => AveragePairs256(rows, stride, resized),
            (true, _, 4) => AverageFours256(rows, stride, resized),
            (_, true, 2) => AveragePairs128(rows, stride, resized),
            (_, true, 4) => AverageFours128(rows, stride, resized),
            _ => 0,
        };
        ScalarRowKernel.AverageSquares(rows[(done * side)..], stride, side, resized[done..]);
    }

    public static void ResizePlane(ReadOnlySpan<float> row, ResizeTaps taps, Span<float> resized)
    {
        var count = taps.Count;
        var whole = resized.Length & ~3;
        ArgumentOutOfRangeException.ThrowIfLessThan(taps.Starts.Length, resized.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(row.Length, taps.Starts[resized.Length - 1] + ((count + 3) & ~3));
        ref var source = ref MemoryMarshal.GetReference(row);
        ref var target = ref MemoryMarshal.GetReference(resized);
        ref var start = ref MemoryMarshal.GetArrayDataReference(taps.Starts);
        ref var weight = ref MemoryMarshal.GetArrayDataReference(taps.FourfoldWeights);
        var share = Vector128.Create(taps.Weights[0]);
        for (var x = 0; x < whole; x += 4)
        {
            // Four target samples side by side; their taps are read four at a time and transposed, so that one vector holds one tap of each.
            ref var first = ref Unsafe.Add(ref source, Unsafe.Add(ref start, x));
            ref var second = ref Unsafe.Add(ref source, Unsafe.Add(ref start, x + 1));
            ref var third = ref Unsafe.Add(ref source, Unsafe.Add(ref start, x + 2));
            ref var fourth = ref Unsafe.Add(ref source, Unsafe.Add(ref start, x + 3));
            var sum = Vector128<float>.Zero;
            for (var k = 0; k < count; k += 4)
            {
                var (a, b, c, d) = Transpose(
                    Vector128.LoadUnsafe(ref first, (nuint)k),
                    Vector128.LoadUnsafe(ref second, (nuint)k),
                    Vector128.LoadUnsafe(ref third, (nuint)k),
                    Vector128.LoadUnsafe(ref fourth, (nuint)k));
                ref var weights = ref Unsafe.Add(ref weight, taps.IsUniform ? 0 : (x * count) + (k * 4));
                sum += taps.IsUniform ? a : a * Vector128.LoadUnsafe(ref weights);
                if (k + 1 < count)
                {
                    sum += taps.IsUniform ? b : b * Vector128.LoadUnsafe(ref weights, 4);
                }

                if (k + 2 < count)
                {
                    sum += taps.IsUniform ? c : c * Vector128.LoadUnsafe(ref weights, 8);
                }

                if (k + 3 < count)
                {
                    sum += taps.IsUniform ? d : d * Vector128.LoadUnsafe(ref weights, 12);
                }
            }

            (taps.IsUniform ? sum * share : sum).StoreUnsafe(ref target, (nuint)x);
        }

        ScalarRowKernel.ResizePlaneFrom(whole, row, taps, resized);
    }

    public static void MixColours(
        ReadOnlySpan<float> luma, ReadOnlySpan<float> cb, ReadOnlySpan<float> cr, in ColourMatrix matrix, Span<float> blue, Span<float> green, Span<float> red)
    {
        var length = blue.Length;
        ArgumentOutOfRangeException.ThrowIfLessThan(luma.Length, length);
        ArgumentOutOfRangeException.ThrowIfLessThan(cb.Length, length);
        ArgumentOutOfRangeException.ThrowIfLessThan(cr.Length, length);
        ArgumentOutOfRangeException.ThrowIfLessThan(green.Length, length);
        ArgumentOutOfRangeException.ThrowIfLessThan(red.Length, length);
        ref var y = ref MemoryMarshal.GetReference(luma);
        ref var u = ref MemoryMarshal.GetReference(cb);
        ref var v = ref MemoryMarshal.GetReference(cr);
        var grey = Vector256.Create(ColourMatrix.Grey);
        var black = Vector256.Create(matrix.Black);
        var x = 0;
        for (; x <= length - Vector256<float>.Count; x += Vector256<float>.Count)
        {
            var light = (Vector256.LoadUnsafe(ref y, (nuint)x) - black) * matrix.Luma;
            var (blueDifference, redDifference) = (Vector256.LoadUnsafe(ref u, (nuint)x) - grey, Vector256.LoadUnsafe(ref v, (nuint)x) - grey);
            Clamp(light + (blueDifference * matrix.CbToBlue)).StoreUnsafe(ref MemoryMarshal.GetReference(blue), (nuint)x);
            Clamp(light - (blueDifference * matrix.CbToGreen) - (redDifference * matrix.CrToGreen)).StoreUnsafe(ref MemoryMarshal.GetReference(green), (nuint)x);
            Clamp(light + (redDifference * matrix.CrToRed)).StoreUnsafe(ref MemoryMarshal.GetReference(red), (nuint)x);
        }

        ScalarRowKernel.MixColoursFrom(x, luma, cb, cr, matrix, blue, green, red);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Clamp(Vector256<float> values) =>
        Vector256.Min(Vector256.Max(values, Vector256<float>.Zero), Vector256.Create((float)byte.MaxValue));

    public static void Interleave(ReadOnlySpan<float> blue, ReadOnlySpan<float> green, ReadOnlySpan<float> red, Span<byte> row)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(green.Length, blue.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(red.Length, blue.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(row.Length, blue.Length * 3);
        ref var target = ref MemoryMarshal.GetReference(row);
        var x = 0;
        for (; x <= blue.Length - Vector128<byte>.Count; x += Vector128<byte>.Count)
        {
            Yuv420.Interleave(
                Round(ref MemoryMarshal.GetReference(blue), x),
                Round(ref MemoryMarshal.GetReference(green), x),
                Round(ref MemoryMarshal.GetReference(red), x),
                ref target,
                (nuint)(3 * x));
        }

        ScalarRowKernel.Interleave(blue[x..], green[x..], red[x..], row[(3 * x)..]);
    }

    public static void Round(ReadOnlySpan<float> samples, Span<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes.Length, samples.Length);
        var x = 0;
        for (; x <= samples.Length - Vector128<byte>.Count; x += Vector128<byte>.Count)
        {
            Round(ref MemoryMarshal.GetReference(samples), x).StoreUnsafe(ref MemoryMarshal.GetReference(bytes), (nuint)x);
        }

        ScalarRowKernel.Round(samples[x..], bytes[x..]);
    }

    /// <summary>Sixteen floats to the nearest bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Round(ref float plane, int at) => Vector128.Narrow(
        Vector128.Narrow(Round4(ref plane, at), Round4(ref plane, at + 4)),
        Vector128.Narrow(Round4(ref plane, at + 8), Round4(ref plane, at + 12)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Round4(ref float plane, int at) =>
        Vector128.ConvertToInt32(Vector128.LoadUnsafe(ref plane, (nuint)at) + Vector128.Create(0.5f)).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Sum(ref float source, int start, int count)
    {
        ref var pixels = ref Unsafe.Add(ref source, start * 3);
        var sum = Vector128.LoadUnsafe(ref pixels);
        for (var k = 1; k < count; k++)
        {
            sum += Vector128.LoadUnsafe(ref pixels, (nuint)(k * 3));
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Weigh(ref float source, int start, ref float weights, int count)
    {
        ref var pixels = ref Unsafe.Add(ref source, start * 3);
        var sum = Vector128.LoadUnsafe(ref pixels) * weights;
        for (var k = 1; k < count; k++)
        {
            sum += Vector128.LoadUnsafe(ref pixels, (nuint)(k * 3)) * Unsafe.Add(ref weights, k);
        }

        return sum;
    }

    /// <summary>Four pixels to four blues, four greens, four reds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> Blue, Vector128<float> Green, Vector128<float> Red) Deinterleave(
        Vector128<float> p0, Vector128<float> p1, Vector128<float> p2, Vector128<float> p3)
    {
        if (Sse.IsSupported)
        {
            var low01 = Sse.UnpackLow(p0, p1);
            var low23 = Sse.UnpackLow(p2, p3);
            return (
                Sse.MoveLowToHigh(low01, low23),
                Sse.MoveHighToLow(low23, low01),
                Sse.MoveLowToHigh(Sse.UnpackHigh(p0, p1), Sse.UnpackHigh(p2, p3)));
        }

        if (AdvSimd.Arm64.IsSupported)
        {
            var low01 = AdvSimd.Arm64.ZipLow(p0, p1).AsDouble();
            var low23 = AdvSimd.Arm64.ZipLow(p2, p3).AsDouble();
            return (
                AdvSimd.Arm64.ZipLow(low01, low23).AsSingle(),
                AdvSimd.Arm64.ZipHigh(low01, low23).AsSingle(),
                AdvSimd.Arm64.ZipLow(AdvSimd.Arm64.ZipHigh(p0, p1).AsDouble(), AdvSimd.Arm64.ZipHigh(p2, p3).AsDouble()).AsSingle());
        }

        return (
            Vector128.Create(p0[0], p1[0], p2[0], p3[0]),
            Vector128.Create(p0[1], p1[1], p2[1], p3[1]),
            Vector128.Create(p0[2], p1[2], p2[2], p3[2]));
    }
}
