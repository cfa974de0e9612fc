using FaceEdge.Imaging;

namespace FaceEdge.Streaming;

/// <summary>
/// Whether something moves in front of a camera: compares how bright the cells of a grid are now and were before. A cell's mean over many
/// samples leaves noise and an encoder's ripples out.
/// </summary>
internal sealed class MotionWatch
{
    /// <summary>Cells across and down: of 720p 40 pixels wide, a head at 4 m.</summary>
    private const int Columns = 32;

    private const int Rows = 18;

    /// <summary>Samples of a cell, each way.</summary>
    private const int Samples = 8;

    /// <summary>Levels of 256 by which a cell changes when somebody steps into it; noise changes its mean by one.</summary>
    private const int Change = 10;

    /// <summary>One cell may be a lamp.</summary>
    private const int MinCells = 2;

    private readonly int[] _cells = new int[Columns * Rows];
    private bool _hasLooked;

    /// <summary>Looks at a frame, and says whether it differs from the one looked at before; the first differs from nothing.</summary>
    public bool Look(in FrameView frame)
    {
        var changed = 0;
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                ref var cell = ref _cells[(row * Columns) + column];
                var mean = Mean(frame, column, row);
                changed += Math.Abs(mean - cell) >= Change ? 1 : 0;
                cell = mean;
            }
        }

        var moved = _hasLooked && changed >= MinCells;
        _hasLooked = true;
        return moved;
    }

    private static int Mean(in FrameView frame, int column, int row)
    {
        // Of BGR the green: it makes most of the light.
        var (step, first) = frame.IsPlanar ? (1, 0) : (3, 1);
        var sum = 0;
        for (var y = 0; y < Samples; y++)
        {
            var line = frame.Row(((row * Samples) + y) * frame.Height / (Rows * Samples));
            for (var x = 0; x < Samples; x++)
            {
                sum += line[(((column * Samples) + x) * frame.Width / (Columns * Samples) * step) + first];
            }
        }

        return sum / (Samples * Samples);
    }
}
