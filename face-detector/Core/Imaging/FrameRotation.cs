namespace FaceEdge.Imaging;

/// <summary>Copies a part of a frame turned and mirrored, plane by plane.</summary>
internal static class FrameRotation
{
    /// <summary>Places. A turned frame is read column by column; in tiles, what one read brings into the cache serves the next rows too.</summary>
    private const int Tile = 32;

    /// <summary>Whether rows become columns.</summary>
    public static bool SwapsSides(Orientation orientation) => orientation >= Orientation.LeftTop;

    /// <summary>Returns the frame itself when it is upright already; else a new one, and gives the old one back.</summary>
    public static Frame ToUpright(Frame stored, Orientation orientation, FramePool pool)
    {
        if (orientation is not (> Orientation.TopLeft and <= Orientation.LeftBottom))
        {
            return stored;
        }

        using (stored)
        {
            var upright = pool.Rent(SwapsSides(orientation) ? stored.Layout with { Width = stored.Height, Height = stored.Width } : stored.Layout);
            Copy(stored, upright, orientation);
            return upright;
        }
    }

    /// <summary>Fills a frame from another one of the same format.</summary>
    /// <param name="from">As it is stored.</param>
    /// <param name="to">As large as the part that is wanted.</param>
    /// <param name="orientation">How the stored frame lies.</param>
    /// <param name="left">Where the part begins in the turned frame; even for planes.</param>
    /// <param name="top">The same, down.</param>
    public static void Copy(Frame from, Frame to, Orientation orientation, int left = 0, int top = 0)
    {
        for (var i = 0; i < FramePlane.CountOf(from); i++)
        {
            var plane = FramePlane.Of(from, i);
            Copy(plane, FramePlane.Of(to, i), orientation, left / plane.Scale, top / plane.Scale);
        }
    }

    private static void Copy(in FramePlane from, in FramePlane to, Orientation orientation, int left, int top)
    {
        // Where the turned frame's first place is stored, and the steps there that one column and one row of the turned frame make.
        var (across, down) = (from.Channels, from.Width * from.Channels);
        var (lastX, lastY) = ((from.Width - 1) * across, (from.Height - 1) * down);
        var (start, column, row) = orientation switch
        {
            Orientation.TopRight => (lastX, -across, down),
            Orientation.BottomRight => (lastX + lastY, -across, -down),
            Orientation.BottomLeft => (lastY, across, -down),
            Orientation.LeftTop => (0, down, across),
            Orientation.RightTop => (lastY, -down, across),
            Orientation.RightBottom => (lastX + lastY, -down, -across),
            Orientation.LeftBottom => (lastX, down, -across),
            _ => (0, across, down),
        };
        start += (left * column) + (top * row);
        for (var tileY = 0; tileY < to.Height; tileY += Tile)
        {
            for (var tileX = 0; tileX < to.Width; tileX += Tile)
            {
                var end = Math.Min(tileX + Tile, to.Width);
                for (var y = tileY; y < Math.Min(tileY + Tile, to.Height); y++)
                {
                    CopyRun(from.Samples, start + (y * row) + (tileX * column), column, to.Row(y)[(tileX * across)..(end * across)], across);
                }
            }
        }
    }

    private static void CopyRun(ReadOnlySpan<byte> from, int at, int step, Span<byte> to, int channels)
    {
        if (step == channels)
        {
            from.Slice(at, to.Length).CopyTo(to);
            return;
        }

        for (var i = 0; i < to.Length; i += channels, at += step)
        {
            for (var channel = 0; channel < channels; channel++)
            {
                to[i + channel] = from[at + channel];
            }
        }
    }
}
