namespace FaceEdge.Detection;

/// <summary>The scalar twin of <see cref="VectorRowKernel"/>: the same computation, written simply.</summary>
internal readonly struct ScalarRowKernel : IRowKernel
{
    public static void ResizeVertical(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<ushort> weights, Span<float> resized, int length)
    {
        for (var i = 0; i < length; i++)
        {
            var sum = 0;
            for (var k = 0; k < weights.Length; k++)
            {
                sum += rows[(k * stride) + i] * weights[k];
            }

            resized[i] = sum * (1f / ResizeTaps.One);
        }
    }

    public static void Average(ReadOnlySpan<byte> rows, int stride, int count, Span<float> averaged, int length)
    {
        var share = 1f / count;
        for (var i = 0; i < length; i++)
        {
            var sum = 0;
            for (var k = 0; k < count; k++)
            {
                sum += rows[(k * stride) + i];
            }

            averaged[i] = sum * share;
        }
    }

    public static void ResizeHorizontal(ReadOnlySpan<float> row, ResizeTaps taps, Span<float> blue, Span<float> green, Span<float> red)
        => ResizeHorizontalFrom(0, row, taps, blue, green, red);

    /// <summary>The target pixels from <paramref name="first"/> on.</summary>
    internal static void ResizeHorizontalFrom(int first, ReadOnlySpan<float> row, ResizeTaps taps, Span<float> blue, Span<float> green, Span<float> red)
    {
        for (var x = first; x < blue.Length; x++)
        {
            float b = 0, g = 0, r = 0;
            var pixels = row[(taps.Starts[x] * 3)..];
            var weights = taps.Weights.AsSpan(x * taps.Count, taps.Count);
            if (taps.IsUniform)
            {
                for (var k = 0; k < weights.Length; k++)
                {
                    b += pixels[k * 3];
                    g += pixels[(k * 3) + 1];
                    r += pixels[(k * 3) + 2];
                }

                (blue[x], green[x], red[x]) = (b * weights[0], g * weights[0], r * weights[0]);
                continue;
            }

            for (var k = 0; k < weights.Length; k++)
            {
                b += pixels[k * 3] * weights[k];
                g += pixels[(k * 3) + 1] * weights[k];
                r += pixels[(k * 3) + 2] * weights[k];
            }

            (blue[x], green[x], red[x]) = (b, g, r);
        }
    }

    public static void AverageSquares(ReadOnlySpan<byte> rows, int stride, int side, Span<float> resized)
    {
        var share = 1f / (side * side);
        for (var x = 0; x < resized.Length; x++)
        {
            var sum = 0;
            for (var y = 0; y < side; y++)
            {
                foreach (var sample in rows.Slice((y * stride) + (x * side), side))
                {
                    sum += sample;
                }
            }

            resized[x] = sum * share;
        }
    }

    public static void ResizePlane(ReadOnlySpan<float> row, ResizeTaps taps, Span<float> resized) => ResizePlaneFrom(0, row, taps, resized);

    public static void MixColours(
        ReadOnlySpan<float> luma, ReadOnlySpan<float> cb, ReadOnlySpan<float> cr, in ColourMatrix matrix, Span<float> blue, Span<float> green, Span<float> red)
        => MixColoursFrom(0, luma, cb, cr, matrix, blue, green, red);

    /// <summary>The target samples from <paramref name="first"/> on.</summary>
    internal static void ResizePlaneFrom(int first, ReadOnlySpan<float> row, ResizeTaps taps, Span<float> resized)
    {
        for (var x = first; x < resized.Length; x++)
        {
            var samples = row[taps.Starts[x]..];
            var weights = taps.Weights.AsSpan(x * taps.Count, taps.Count);
            var sum = 0f;
            for (var k = 0; k < weights.Length; k++)
            {
                sum += taps.IsUniform ? samples[k] : samples[k] * weights[k];
            }

            resized[x] = taps.IsUniform ? sum * weights[0] : sum;
        }
    }

    /// <summary>The pixels from <paramref name="first"/> on.</summary>
    internal static void MixColoursFrom(
        int first, ReadOnlySpan<float> luma, ReadOnlySpan<float> cb, ReadOnlySpan<float> cr, in ColourMatrix matrix, Span<float> blue, Span<float> green, Span<float> red)
    {
        for (var x = first; x < blue.Length; x++)
        {
            var light = (luma[x] - matrix.Black) * matrix.Luma;
            var (u, v) = (cb[x] - ColourMatrix.Grey, cr[x] - ColourMatrix.Grey);
            blue[x] = Math.Clamp(light + (u * matrix.CbToBlue), byte.MinValue, byte.MaxValue);
            green[x] = Math.Clamp(light - (u * matrix.CbToGreen) - (v * matrix.CrToGreen), byte.MinValue, byte.MaxValue);
            red[x] = Math.Clamp(light + (v * matrix.CrToRed), byte.MinValue, byte.MaxValue);
        }
    }

    public static void Interleave(ReadOnlySpan<float> blue, ReadOnlySpan<float> green, ReadOnlySpan<float> red, Span<byte> row)
    {
        for (var x = 0; x < blue.Length; x++)
        {
            row[3 * x] = (byte)(blue[x] + 0.5f);
            row[(3 * x) + 1] = (byte)(green[x] + 0.5f);
            row[(3 * x) + 2] = (byte)(red[x] + 0.5f);
        }
    }

    public static void Round(ReadOnlySpan<float> samples, Span<byte> bytes)
    {
        for (var x = 0; x < samples.Length; x++)
        {
            bytes[x] = (byte)(samples[x] + 0.5f);
        }
    }
}
