using CsCheck;
using FaceEdge.Deploy.LatencyGate.Statistics;

namespace FaceEdge.Deploy.Tests.Gates;

public sealed class HodgesLehmannTests
{
    /// <summary>Hamilton depression scale, first and second visit: Hollander and Wolfe, Nonparametric Statistical Methods, table 3.1.</summary>
    private static readonly double[] First = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
    private static readonly double[] Second = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];

    [Fact]
    public void Hollander_and_wolfes_depression_scale_gives_their_estimate_and_interval()
    {
        var change = HodgesLehmann.Of([.. Second.Zip(First, (y, x) => y - x)], 0.96);

        Assert.Equal(-0.46, change.Centre, 3);
        Assert.Equal(-0.786, change.Low, 3);
        Assert.Equal(-0.010, change.High, 3);
        Assert.Equal(0.961, change.Confidence, 3);
    }

    [Fact]
    public void Too_few_pairs_say_how_little_confidence_they_give()
    {
        var interval = HodgesLehmann.Of([1.0, 2.0], 0.98);

        Assert.Equal((1.0, 2.0, 0.5), (interval.Low, interval.High, interval.Confidence));
    }

    [Fact]
    public void Estimate_moves_with_the_sample_and_lies_in_its_interval() =>
        Gen.Select(Gen.Double[-1, 1].Array[1, 20], Gen.Double[-5, 5]).Sample((sample, shift) =>
        {
            var plain = HodgesLehmann.Of(sample, 0.98);
            var moved = HodgesLehmann.Of([.. sample.Select(value => value + shift)], 0.98);
            return Math.Abs(moved.Centre - plain.Centre - shift) < 1e-9 && plain.Low <= plain.Centre && plain.Centre <= plain.High;
        });

    /// <summary>psignrank(5, 9) and qsignrank(0.01, 12) in R.</summary>
    [Fact]
    public void Signed_rank_distribution_agrees_with_tables()
    {
        Assert.Equal(10 / 512.0, new SignedRankDistribution(9).Cumulative(5));
        Assert.Equal(10, new SignedRankDistribution(12).Quantile(0.01));
    }
}
