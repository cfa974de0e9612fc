using CsCheck;
using FaceEdge.Detection;

namespace FaceEdge.Tests.Detection;

public sealed class ResizeTapsTests
{
    [Fact]
    public void Weights_sum_to_one_and_never_reach_outside_the_frame()
        => Gen.Select(Gen.Int[1, 4000], Gen.Int[1, 640]).Sample((source, target) =>
        {
            var taps = ResizeTaps.Create(source, target);
            for (var i = 0; i < target; i++)
            {
                Assert.InRange(taps.Starts[i], 0, source - taps.Count);
                Assert.Equal(1, taps.Weights.AsSpan(i * taps.Count, taps.Count).ToArray().Sum(), 1e-5f);
                Assert.Equal(ResizeTaps.One, taps.FixedWeights.AsSpan(i * taps.Count, taps.Count).ToArray().Sum(weight => weight));
            }
        });

    [Fact]
    public void What_is_averaged_lies_around_the_target_pixel_s_centre()
        => Gen.Select(Gen.Int[1, 2000], Gen.Int[1, 640]).Where((source, target) => source > target).Sample((source, target) =>
        {
            var taps = ResizeTaps.Create(source, target);
            var ratio = (double)source / target;
            for (var i = 0; i < target; i++)
            {
                var centre = Enumerable.Range(0, taps.Count).Sum(k => (taps.Starts[i] + k + 0.5) * taps.Weights[(i * taps.Count) + k]);

                // A pixel that is covered in part counts with its own centre: at most an eighth of a pixel off.
                Assert.Equal((i + 0.5) * ratio, centre, 0.126);
            }
        });

    [Theory]
    [InlineData(1280, 320, 4)]
    [InlineData(720, 180, 4)]
    [InlineData(416, 320, 3)]
    [InlineData(320, 320, 2)]
    [InlineData(100, 320, 2)]
    [InlineData(1, 32, 1)]
    public void No_more_taps_than_the_ratio_asks_for(int source, int target, int expected)
        => Assert.Equal(expected, ResizeTaps.Create(source, target).Count);
}
