using FaceEdge.Detection;
using FaceEdge.Imaging;
using FaceEdge.Tests.Detection.Onnx;

namespace FaceEdge.Tests.Privacy;

/// <summary>
/// Frames of 320x240 with squares full of detail, which a <see cref="SquareModel"/> takes for faces where they stand on its grid, or misses where the
/// test says so.
/// </summary>
internal static class DetailedFace
{
    public const int Width = 320;
    public const int Height = 240;
    public const int Side = SquareModel.Cell;

    /// <summary>Steps from light to dark every so many pixels.</summary>
    private const int Check = 4;

    /// <summary>Of the detail of a square that is shown as it is, at least so much is left by JPEG.</summary>
    public const double Shown = 40;

    /// <summary>What smooth colour and JPEG's own noise look like.</summary>
    public const double Hidden = 4;

    public static Box At(int column, int row) => new(column * Side, row * Side, Side, Side);

    public static void Clear(Frame frame) => frame.Pixels.Fill(20);

    /// <summary>Paints a square.</summary>
    /// <param name="frame">BGR.</param>
    /// <param name="box">On the model's grid.</param>
    /// <param name="found">Whether the model finds it; else it is red, which the model does not see.</param>
    public static void Paint(Frame frame, Box box, bool found = true)
    {
        for (var y = Math.Max(0, (int)box.Y); y < Math.Min(frame.Height, box.Bottom); y++)
        {
            for (var x = Math.Max(0, (int)box.X); x < Math.Min(frame.Width, box.Right); x++)
            {
                var light = (byte)((x / Check) + (y / Check) is var place && place % 2 == 0 ? 255 : 120);
                var at = (y * frame.Stride) + (x * 3);
                (frame.Pixels[at], frame.Pixels[at + 1], frame.Pixels[at + 2]) = found ? (light, light, (byte)20) : ((byte)20, (byte)20, light);
            }
        }
    }

    /// <summary>How much of the square's steps is seen there: half their height, 67, where nothing is hidden.</summary>
    public static double DetailIn(Frame frame, Box box)
    {
        Span<double> sums = stackalloc double[3];
        var count = 0;
        for (var y = Math.Max(0, (int)box.Y); y < Math.Min(frame.Height, box.Bottom); y++)
        {
            for (var x = Math.Max(0, (int)box.X); x < Math.Min(frame.Width, box.Right); x++)
            {
                for (var channel = 0; channel < 3; channel++)
                {
                    sums[channel] += (((x / Check) + (y / Check)) % 2 == 0 ? 1 : -1) * frame.Pixels[(y * frame.Stride) + (x * 3) + channel];
                }

                count++;
            }
        }

        return count == 0 ? 0 : Math.Max(Math.Abs(sums[0]), Math.Max(Math.Abs(sums[1]), Math.Abs(sums[2]))) / count;
    }

    /// <summary>The most detail in any place where a square may stand.</summary>
    public static double DetailIn(Frame frame)
    {
        double most = 0;
        for (var row = 0; row < frame.Height / Side; row++)
        {
            for (var column = 0; column < frame.Width / Side; column++)
            {
                most = Math.Max(most, DetailIn(frame, At(column, row)));
            }
        }

        return most;
    }
}
