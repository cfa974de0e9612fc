using CsCheck;
using FaceEdge.Deploy.LatencyGate.Decision;
using FaceEdge.Deploy.LatencyGate.Running;

namespace FaceEdge.Deploy.Tests.Gates;

public sealed class BlockScheduleTests
{
    [Fact]
    public void Head_starts_before_base_in_every_other_block() =>
        Gen.Int.Sample(seed =>
        {
            bool HeadFirst(int block)
            {
                var order = new BlockSchedule(seed, block).StartOrder.ToList();
                return order.IndexOf(Side.Head) < order.IndexOf(Side.Base);
            }

            return Enumerable.Range(0, 12).All(block => HeadFirst(block) != HeadFirst(block + 1));
        });

    [Fact]
    public void Every_side_stands_in_every_place_equally_often() =>
        Gen.Select(Gen.Int, Gen.Int[0, 40]).Sample((seed, block) =>
        {
            var turns = new BlockSchedule(seed, block).Turns(PairedProcesses.DefaultTurns).ToList();
            return Enumerable.Range(0, 3).All(place =>
                turns.CountBy(turn => turn[place]).All(count => count.Value == PairedProcesses.DefaultTurns / 3));
        });

    [Fact]
    public void Same_seed_gives_the_same_order() =>
        Assert.Equal(new BlockSchedule(7, 3).Turns(12), new BlockSchedule(7, 3).Turns(12));
}
