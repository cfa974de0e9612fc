using FaceEdge.Deploy.LatencyGate.Decision;

namespace FaceEdge.Deploy.LatencyGate.Running;

/// <summary>Who goes when within one block; the same for the same seed.</summary>
internal sealed class BlockSchedule(int seed, int block)
{
    private static readonly Side[][] Orders =
    [
        [Side.Control, Side.Base, Side.Head],
        [Side.Head, Side.Base, Side.Control],
        [Side.Base, Side.Head, Side.Control],
        [Side.Control, Side.Head, Side.Base],
        [Side.Head, Side.Control, Side.Base],
        [Side.Base, Side.Control, Side.Head],
    ];

    /// <summary>AB in one block, BA in the next; the seed says which comes first. Base stands between the two that are compared with it.</summary>
    public IReadOnlyList<Side> StartOrder => Orders[(block + (seed & 1)) & 1];

    /// <summary>All six orders in a shuffled sequence, over and over.</summary>
    public IEnumerable<IReadOnlyList<Side>> Turns(int count)
    {
        var random = new Random(unchecked((seed * 397) ^ block));
        var sequence = Orders.ToArray();
        for (var turn = 0; turn < count; turn++)
        {
            var place = turn % sequence.Length;
            if (place == 0)
            {
                random.Shuffle(sequence);
            }

            yield return sequence[place];
        }
    }
}
