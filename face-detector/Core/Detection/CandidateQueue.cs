using FaceEdge.Models;
namespace FaceEdge.Detection;

/// <summary>
/// The cells whose score passed, sorted without a comparer and without moving their boxes: each is one 64-bit number, the score's bits
/// above the place. The bits of a positive float rise with its value.
/// </summary>
internal sealed class CandidateQueue
{
    private const int PlaceBits = 32;
    private const int CellBits = 28;
    private const uint CellMask = (1u << CellBits) - 1;

    private readonly ulong[] _keys;
    private readonly int[] _cells;
    private int _count;

    public CandidateQueue(InputShape shape)
    {
        var most = 0;
        var total = 0;
        foreach (var stride in YuNetLayout.Strides)
        {
            var cells = shape.Width / stride * (shape.Height / stride);
            most = Math.Max(most, cells);
            total += cells;
        }

        _cells = new int[most];
        _keys = new ulong[total];
    }

    public void Clear() => _count = 0;

    /// <param name="grid">The outputs of one stride.</param>
    /// <param name="index">Which one; comes back from <see cref="Strongest"/>.</param>
    /// <param name="scoreThreshold">0 to 1.</param>
    public void Add(in YuNetGrid grid, int index, float scoreThreshold)
    {
        var found = YuNetDecoder.FindCells(grid, scoreThreshold, _cells);
        foreach (var cell in _cells.AsSpan(0, found))
        {
            var score = grid.ClassScores[cell] * grid.ObjectScores[cell];

            // The place is inverted so that of equal scores the first cell comes first.
            var place = ~(((uint)index << CellBits) | (uint)cell);
            _keys[_count++] = ((ulong)BitConverter.SingleToUInt32Bits(score) << PlaceBits) | place;
        }
    }

    /// <returns>How many candidates there are.</returns>
    public int Sort()
    {
        _keys.AsSpan(0, _count).Sort();
        return _count;
    }

    /// <param name="rank">0 for the strongest; valid after <see cref="Sort"/>.</param>
    public (int Grid, int Cell) Strongest(int rank)
    {
        var place = ~(uint)_keys[_count - 1 - rank];
        return ((int)(place >> CellBits), (int)(place & CellMask));
    }
}
