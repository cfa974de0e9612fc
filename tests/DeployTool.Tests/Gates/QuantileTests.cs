using FaceEdge.Deploy.LatencyGate.Statistics;

namespace FaceEdge.Deploy.Tests.Gates;

public sealed class QuantileTests
{
    /// <summary>quantile(c(1, 2, 3, 4, 10), type = 7) in R.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 2)]
    [InlineData(0.5, 3)]
    [InlineData(0.9, 7.6)]
    [InlineData(0.95, 8.8)]
    [InlineData(1, 10)]
    public void Quantile_interpolates_as_type_7_does(double probability, double expected) =>
        Assert.Equal(expected, Quantile.Of([10, 3, 1, 4, 2], probability), 12);

    [Fact]
    public void Median_of_an_even_count_is_midway_between_the_middle_two() => Assert.Equal(2.5, Quantile.Median([4, 1, 3, 2]));

    [Fact]
    public void Quantile_of_nothing_is_refused() => Assert.Throws<ArgumentException>(() => Quantile.Median([]));
}
