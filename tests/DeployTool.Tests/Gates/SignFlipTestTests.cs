using CsCheck;
using FaceEdge.Deploy.LatencyGate.Statistics;

namespace FaceEdge.Deploy.Tests.Gates;

public sealed class SignFlipTestTests
{
    /// <summary>
    /// Darwin's crossed and self-fertilised maize, differences in eighths of an inch. Fisher (The Design of Experiments, 1935, §21)
    /// counts 863 of the 32,768 sign patterns with a sum of at least the observed 314.
    /// </summary>
    private static readonly double[] Maize = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

    [Fact]
    public void Fishers_maize_gives_863_of_32768() => Assert.Equal(863 / 32768.0, SignFlipTest.PValueGreater(Maize));

    [Fact]
    public void Other_side_of_fishers_maize_counts_ties_too() =>
        Assert.Equal((32768 - 863 + 28) / 32768.0, SignFlipTest.PValueLess(Maize));

    [Fact]
    public void All_positive_differences_reach_the_least_p_value() =>
        Assert.Equal(1 / 4096.0, SignFlipTest.PValueGreater([.. Enumerable.Range(1, 12).Select(i => (double)i)]));

    [Fact]
    public void Differences_of_zero_show_nothing() => Assert.Equal(1, SignFlipTest.PValueGreater(new double[40]));

    [Fact]
    public void Halved_enumeration_agrees_with_plain_enumeration() =>
        Gen.Int[-9, 9].Array[1, 12].Sample(values => SignFlipTest.PValueGreater([.. values.Select(value => value * 0.1)]) == Plain(values));

    [Fact]
    public void P_value_does_not_depend_on_order_or_scale() =>
        Gen.Int[-50, 50].Array[1, 14].Sample(values =>
        {
            double[] scaled = [.. values.Reverse().Select(value => value * 0.1)];
            return SignFlipTest.PValueGreater([.. values.Select(value => (double)value)]) == SignFlipTest.PValueGreater(scaled);
        });

    private static double Plain(int[] values)
    {
        var observed = values.Sum();
        var count = Enumerable.Range(0, 1 << values.Length).Count(pattern =>
            values.Select((value, i) => (pattern >> i & 1) == 0 ? value : -value).Sum() >= observed);
        return count / Math.Pow(2, values.Length);
    }
}
