using FaceEdge.Deploy.LatencyGate.Statistics;

namespace FaceEdge.Deploy.Tests.Gates;

public sealed class HolmAdjustmentTests
{
    /// <summary>p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") in R: at 0.05 the first and the last are rejected.</summary>
    [Fact]
    public void Adjusts_as_r_does() => Assert.Equal([0.03, 0.06, 0.06, 0.02], HolmAdjustment.Adjust([0.01, 0.04, 0.03, 0.005]), (a, b) => Math.Abs(a - b) < 1e-12);

    [Fact]
    public void One_test_stays_as_it_is() => Assert.Equal([0.02], HolmAdjustment.Adjust([0.02]));

    [Fact]
    public void Never_above_one() => Assert.Equal([1.0, 1.0], HolmAdjustment.Adjust([0.7, 0.9]));
}
