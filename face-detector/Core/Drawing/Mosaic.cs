using FaceEdge.Detection;
using FaceEdge.Imaging;

namespace FaceEdge.Drawing;

/// <summary>
/// Takes all detail out of a part of a frame: only the mean colour of each of a few cells is kept, and what is painted runs evenly from one cell's middle
/// to the next, which is a mosaic under a box blur one cell wide.
/// </summary>
internal static class Mosaic
{
    /// <summary>Across and down. A larger region has larger cells.</summary>
    private const int MaxCells = 40;

    private const int MaxChannels = 3;

    private const int FractionBits = 16;

    /// <summary>Covers the part of a region that lies on the frame.</summary>
    /// <param name="frame">Written to.</param>
    /// <param name="region">Pixels.</param>
    /// <param name="cell">The minimum side of a cell in pixels.</param>
    public static void Cover(Frame frame, in Box region, float cell)
    {
        for (var i = 0; i < FramePlane.CountOf(frame); i++)
        {
            Cover(FramePlane.Of(frame, i), region, cell);
        }
    }

    private static void Cover(in FramePlane plane, in Box region, float cell)
    {
        var (left, right) = Range(region.X, region.Right, plane.Scale, plane.Width);
        var (top, bottom) = Range(region.Y, region.Bottom, plane.Scale, plane.Height);
        if (left >= right || top >= bottom)
        {
            return;
        }

        var columns = CellCount(right - left, cell / plane.Scale);
        var rows = CellCount(bottom - top, cell / plane.Scale);
        Span<byte> means = stackalloc byte[MaxCells * MaxCells * MaxChannels];
        means = means[..(rows * columns * plane.Channels)];
        Measure(plane, left, top, right, bottom, columns, rows, means);
        Paint(plane, left, top, right, bottom, columns, rows, means);
    }

    /// <summary>Every place that the region touches.</summary>
    private static (int First, int End) Range(float first, float end, int scale, int side) => (
        (int)MathF.Floor(Math.Clamp(first / scale, 0, side)), (int)MathF.Ceiling(Math.Clamp(end / scale, 0, side)));

    private static int CellCount(int length, float cell) => Math.Clamp((int)(length / MathF.Max(cell, 1)), 1, MaxCells);

    private static void Measure(in FramePlane plane, int left, int top, int right, int bottom, int columns, int rows, Span<byte> means)
    {
        var channels = plane.Channels;
        Span<int> sums = stackalloc int[MaxCells * MaxChannels];
        for (var row = 0; row < rows; row++)
        {
            sums.Clear();
            var (firstY, endY) = (top + ((bottom - top) * row / rows), top + ((bottom - top) * (row + 1) / rows));
            for (var y = firstY; y < endY; y++)
            {
                var line = plane.Row(y);
                for (var column = 0; column < columns; column++)
                {
                    var (firstX, endX) = CellRange(left, right, column, columns);
                    for (var x = firstX * channels; x < endX * channels; x += channels)
                    {
                        for (var channel = 0; channel < channels; channel++)
                        {
                            sums[(column * channels) + channel] += line[x + channel];
                        }
                    }
                }
            }

            for (var column = 0; column < columns; column++)
            {
                var (firstX, endX) = CellRange(left, right, column, columns);
                var count = (endX - firstX) * (endY - firstY);
                for (var channel = 0; channel < channels; channel++)
                {
                    var place = (column * channels) + channel;
                    means[(row * columns * channels) + place] = (byte)(sums[place] / count);
                }
            }
        }
    }

    private static (int First, int End) CellRange(int left, int right, int column, int columns) =>
        (left + ((right - left) * column / columns), left + ((right - left) * (column + 1) / columns));

    private static void Paint(in FramePlane plane, int left, int top, int right, int bottom, int columns, int rows, ReadOnlySpan<byte> means)
    {
        var channels = plane.Channels;
        var length = columns * channels;
        Span<byte> line = stackalloc byte[MaxCells * MaxChannels];
        line = line[..length];
        var step = (int)(((long)columns << FractionBits) / (right - left));
        for (var y = top; y < bottom; y++)
        {
            var place = (((y - top + 0.5f) * rows) / (bottom - top)) - 0.5f;
            var upper = Math.Clamp((int)MathF.Floor(place), 0, rows - 1);
            var lower = Math.Min(upper + 1, rows - 1);
            Mix(means.Slice(upper * length, length), means.Slice(lower * length, length), (int)(Math.Clamp(place - upper, 0, 1) * 256), line);

            var target = plane.Row(y)[(left * channels)..(right * channels)];
            var at = (step / 2) - (1 << (FractionBits - 1));
            for (var x = 0; x < target.Length; x += channels, at += step)
            {
                var first = Math.Max(at, 0) >> FractionBits;
                var second = Math.Min(first + 1, columns - 1);
                var weight = (Math.Max(at, 0) >> (FractionBits - 8)) & 0xFF;
                for (var channel = 0; channel < channels; channel++)
                {
                    target[x + channel] = Mix(line[(first * channels) + channel], line[(second * channels) + channel], weight);
                }
            }
        }
    }

    private static void Mix(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, int weight, Span<byte> mixed)
    {
        for (var i = 0; i < mixed.Length; i++)
        {
            mixed[i] = Mix(one[i], other[i], weight);
        }
    }

    private static byte Mix(byte one, byte other, int weight) => (byte)(((one * (256 - weight)) + (other * weight) + 128) >> 8);
}
