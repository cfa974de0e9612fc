using FaceEdge.Evaluation.Comparison;

namespace FaceEdge.Tests.Evaluation.Comparison;

public sealed class LatencyRatioTests
{
    [Fact]
    public void The_interval_holds_the_order_statistics_around_the_median()
        => Assert.Equal(new LatencyRatio(1.50, 1.40, 1.60, 100), LatencyRatio.Of([.. Enumerable.Range(0, 100).Reverse().Select(i => (100.0, 100.0 + i))]));

    [Fact]
    public void A_few_turns_span_all_of_them() => Assert.Equal(new LatencyRatio(2, 1, 3, 3), LatencyRatio.Of([(1, 3), (1, 1), (1, 2)]));
}
