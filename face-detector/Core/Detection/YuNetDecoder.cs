using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FaceEdge.Detection;

/// <summary>Reads faces out of the YuNet layout.</summary>
internal static class YuNetDecoder
{
    /// <summary>
    /// Finds the cells whose confidence score, sqrt(class × object), reaches the threshold. Compares squares, so that the root is taken of
    /// the few cells that pass and not of the thousands that do not. Scores that are not numbers never pass.
    /// </summary>
    /// <param name="grid">The outputs.</param>
    /// <param name="scoreThreshold">0 to 1.</param>
    /// <param name="cells">Receives the indices, ascending; as long as the grid has cells.</param>
    /// <returns>How many passed.</returns>
    public static int FindCells(in YuNetGrid grid, float scoreThreshold, Span<int> cells)
    {
        var count = grid.ClassScores.Length;
        ArgumentOutOfRangeException.ThrowIfLessThan(grid.ObjectScores.Length, count);
        ArgumentOutOfRangeException.ThrowIfLessThan(cells.Length, count);
        var least = scoreThreshold * scoreThreshold;
        var leasts = Vector256.Create(least);
        ref var classScore = ref MemoryMarshal.GetReference(grid.ClassScores);
        ref var objectScore = ref MemoryMarshal.GetReference(grid.ObjectScores);
        var found = 0;
        var i = 0;
        for (; i <= count - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var products = Vector256.LoadUnsafe(ref classScore, (nuint)i) * Vector256.LoadUnsafe(ref objectScore, (nuint)i);
            for (var mask = Vector256.GreaterThanOrEqual(products, leasts).ExtractMostSignificantBits(); mask != 0; mask &= mask - 1)
            {
                cells[found++] = i + BitOperations.TrailingZeroCount(mask);
            }
        }

        for (; i < count; i++)
        {
            if (grid.ClassScores[i] * grid.ObjectScores[i] >= least)
            {
                cells[found++] = i;
            }
        }

        return found;
    }

    public static float Score(in YuNetGrid grid, int cell) => MathF.Sqrt(grid.ClassScores[cell] * grid.ObjectScores[cell]);

    /// <summary>The face of one cell, in pixels of the frame that the letterbox took in.</summary>
    public static Face Decode(in YuNetGrid grid, int cell, in Letterbox letterbox)
    {
        var scale = new Vector2(letterbox.ScaleX, letterbox.ScaleY) * grid.Stride;
        var (row, column) = Math.DivRem(cell, grid.Columns);
        var origin = new Vector2(column, row);
        var box = grid.Boxes.Slice(cell * YuNetGrid.BoxLength, YuNetGrid.BoxLength);
        var centre = (origin + new Vector2(box[0], box[1])) * scale;
        var size = new Vector2(MathF.Exp(box[2]), MathF.Exp(box[3])) * scale;
        var corner = centre - (size / 2);
        var landmarks = new Landmarks();
        var offsets = grid.Landmarks.Slice(cell * YuNetGrid.LandmarksLength, YuNetGrid.LandmarksLength);
        for (var i = 0; i < Landmarks.Count; i++)
        {
            landmarks[i] = (origin + new Vector2(offsets[2 * i], offsets[(2 * i) + 1])) * scale;
        }

        return new Face(new Box(corner.X, corner.Y, size.X, size.Y), Score(grid, cell), landmarks);
    }
}
