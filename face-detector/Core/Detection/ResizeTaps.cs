namespace FaceEdge.Detection;

/// <summary>
/// Which source pixels make each target pixel along one axis, and how much each counts. Enlarging interpolates linearly between two
/// pixels; shrinking averages the pixels a target pixel covers, so that small faces do not fall between the samples.
/// </summary>
internal sealed class ResizeTaps
{
    /// <summary>Vertical weights are whole 256ths: 255 × 256 still fits an unsigned 16-bit sum.</summary>
    public const int One = 256;

    private ResizeTaps(int count, int[] starts, float[] weights, ushort[] fixedWeights)
    {
        Count = count;
        Starts = starts;
        Weights = weights;
        FixedWeights = fixedWeights;
        FourfoldWeights = Interleave(weights, count);
        IsUniform = !weights.AsSpan().ContainsAnyExcept(weights[0]);
    }

    /// <summary>Source pixels per target pixel; the same for all, some with weight 0.</summary>
    public int Count { get; }

    /// <summary>
    /// Whether every pixel counts the same, as when the ratio is a whole number: 1280 to 320, 1920 to 320, 640 to 320. Then the sum is
    /// taken first and weighed once.
    /// </summary>
    public bool IsUniform { get; }

    /// <summary>Per target pixel, the first source pixel; start + <see cref="Count"/> stays within the source.</summary>
    public int[] Starts { get; }

    /// <summary><see cref="Count"/> weights per target pixel, summing to 1.</summary>
    public float[] Weights { get; }

    /// <summary>The same in 256ths, summing to exactly <see cref="One"/>.</summary>
    public ushort[] FixedWeights { get; }

    /// <summary>The weights of four target pixels side by side, tap by tap; the last ones that do not fill a group of four are left out.</summary>
    public float[] FourfoldWeights { get; }

    /// <param name="source">Pixels along the axis of the frame, at least 1.</param>
    /// <param name="target">Pixels along the axis of the result, at least 1.</param>
    public static ResizeTaps Create(int source, int target) => Create(source, target, (double)source / target, interpolates: source <= target);

    /// <summary>For a plane of chroma, whose samples cover two pixels each; the last one of an odd side covers one.</summary>
    /// <param name="source">Pixels along the axis of the frame, at least 1.</param>
    /// <param name="target">Pixels along the axis of the result, at least 1.</param>
    public static ResizeTaps CreateForChroma(int source, int target) =>
        Create((source + 1) / 2, target, source / 2.0 / target, interpolates: source <= target);

    private static ResizeTaps Create(int source, int target, double ratio, bool interpolates)
    {
        var count = Math.Min(source, interpolates ? 2 : MostCovered(source, target, ratio));
        var starts = new int[target];
        var weights = new float[target * count];
        var fixedWeights = new ushort[target * count];
        Span<double> exact = stackalloc double[count];
        for (var i = 0; i < target; i++)
        {
            exact.Clear();
            starts[i] = interpolates ? Interpolate(i, ratio, source, exact) : Cover(i, ratio, source, exact);
            Store(exact, weights.AsSpan(i * count, count), fixedWeights.AsSpan(i * count, count));
        }

        return new ResizeTaps(count, starts, weights, fixedWeights);
    }

    private static float[] Interleave(float[] weights, int count)
    {
        var fourfold = new float[weights.Length / count / 4 * 4 * count];
        for (var i = 0; i < fourfold.Length; i++)
        {
            var (group, within) = Math.DivRem(i, 4 * count);
            var (tap, lane) = Math.DivRem(within, 4);
            fourfold[i] = weights[(((group * 4) + lane) * count) + tap];
        }

        return fourfold;
    }

    private static int MostCovered(int source, int target, double ratio)
    {
        var most = 1;
        for (var i = 0; i < target; i++)
        {
            most = Math.Max(most, End(i, ratio, source) - Begin(i, ratio));
        }

        return most;
    }

    // A pixel of which less than a thousandth is covered is left out, so that ratios like 1280:320 stay at four taps.
    private static int Begin(int i, double ratio) => (int)Math.Floor((i * ratio) + 1e-3);

    private static int End(int i, double ratio, int source) => Math.Min(source, (int)Math.Ceiling(((i + 1) * ratio) - 1e-3));

    private static int Cover(int i, double ratio, int source, Span<double> weights)
    {
        var begin = Begin(i, ratio);
        var end = End(i, ratio, source);
        var start = Math.Min(begin, source - weights.Length);
        var total = 0.0;
        for (var x = begin; x < end; x++)
        {
            var covered = Math.Min(x + 1, (i + 1) * ratio) - Math.Max(x, i * ratio);
            weights[x - start] = covered;
            total += covered;
        }

        foreach (ref var weight in weights)
        {
            weight /= total;
        }

        return start;
    }

    private static int Interpolate(int i, double ratio, int source, Span<double> weights)
    {
        var centre = Math.Clamp(((i + 0.5) * ratio) - 0.5, 0, source - 1);
        var start = Math.Min((int)centre, source - weights.Length);
        var share = centre - start;
        weights[0] = 1 - share;
        if (weights.Length > 1)
        {
            weights[1] = share;
        }

        return start;
    }

    private static void Store(ReadOnlySpan<double> exact, Span<float> weights, Span<ushort> fixedWeights)
    {
        // Rounding the running sum rather than each weight keeps the total exact.
        var sum = 0.0;
        var given = 0;
        for (var k = 0; k < exact.Length; k++)
        {
            weights[k] = (float)exact[k];
            sum += exact[k];
            var upTo = (int)Math.Round(sum * One);
            fixedWeights[k] = (ushort)(upTo - given);
            given = upTo;
        }
    }
}
