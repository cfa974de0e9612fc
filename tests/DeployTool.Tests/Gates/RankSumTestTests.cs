using CsCheck;
using FaceEdge.Deploy.LatencyGate.Statistics;

namespace FaceEdge.Deploy.Tests.Gates;

public sealed class RankSumTestTests
{
    private static readonly Gen<double[]> Sample = Gen.Int[0, 6].Select(value => (double)value).Array[1, 6];

    [Fact]
    public void Two_above_five_have_one_chance_in_twenty_one() =>
        Assert.Equal(1 / 21.0, RankSumTest.PValueGreater([8, 9], [1, 2, 3, 4, 5]), 1e-12);

    /// <summary>Hollander and Wolfe, Nonparametric Statistical Methods, table 4.1: permeability of the chorioamnion, W = 30 of 5 and 10 with p = .1272.</summary>
    [Fact]
    public void The_example_of_the_textbook_comes_out() => Assert.Equal(
        0.1272,
        RankSumTest.PValueLess([1.15, 0.88, 0.90, 0.74, 1.21], [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]),
        0.00005);

    [Fact]
    public void Values_that_are_all_the_same_show_nothing() => Assert.Equal(1, RankSumTest.PValueGreater([0, 0], [0, 0, 0]), 1e-12);

    [Fact]
    public void Every_draw_is_counted() => Gen.Select(Sample, Sample).Sample((first, second) =>
        Assert.Equal(ByEnumeration(first, second), RankSumTest.PValueGreater(first, second), 1e-9));

    [Fact]
    public void The_least_p_value_is_that_of_values_apart() => Gen.Select(Gen.Int[1, 12], Gen.Int[1, 12]).Sample((first, second) =>
        Assert.Equal(
            RankSumTest.PValueGreater([.. Enumerable.Range(100, first).Select(i => (double)i)], [.. Enumerable.Range(0, second).Select(i => (double)i)]),
            RankSumTest.LeastPValue(first, second),
            1e-9));

    [Fact]
    public void The_chance_of_a_false_alarm_is_what_it_says()
    {
        var random = new Random(7);
        double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];

        var alarms = Enumerable.Range(0, 4000).Count(_ => RankSumTest.PValueGreater(Draw(5), Draw(8)) < 0.05);

        Assert.InRange(alarms / 4000.0, 0.03, 0.06);
    }

    [Fact]
    public void As_many_values_as_it_takes_are_done_in_time()
    {
        var p = RankSumTest.PValueGreater([.. Enumerable.Range(0, 50).Select(i => i + 0.5)], [.. Enumerable.Range(0, 50).Select(i => (double)i)]);

        Assert.InRange(p, 0.4, 0.5);
    }

    /// <summary>The share of all ways to choose the first values among all whose rank sum is at least the observed one.</summary>
    private static double ByEnumeration(double[] first, double[] second)
    {
        double[] all = [.. first, .. second];
        var ranks = all.Select(value => all.Count(other => other < value) + ((all.Count(other => other.Equals(value)) + 1) / 2.0)).ToArray();
        var observed = ranks.Take(first.Length).Sum();
        var sums = Enumerable.Range(0, 1 << all.Length)
            .Where(mask => int.PopCount(mask) == first.Length)
            .Select(mask => ranks.Where((_, i) => (mask >> i & 1) == 1).Sum())
            .ToList();
        return sums.Count(sum => sum >= observed - 1e-9) / (double)sums.Count;
    }
}
