namespace FaceEdge.Detection;

/// <summary>The plain twin of <see cref="VectorRowKernel"/>: what it computes, said simply.</summary>
internal readonly struct ScalarRowKernel : IRowKernel
{
    public static void ResizeVertical(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<ushort> weights, Span<float> blended, int length)
    {
        for (var i = 0; i < length; i++)
        {
            var sum = 0;
            for (var k = 0; k < weights.Length; k++)
            {
                sum += rows[(k * stride) + i] * weights[k];
            }

            blended[i] = sum * (1f / ResizeTaps.One);
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
}
