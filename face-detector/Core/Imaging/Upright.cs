namespace FaceEdge.Imaging;

/// <summary>Turns a decoded picture the way its EXIF orientation asks for.</summary>
internal static class Upright
{
    /// <summary>Returns the frame itself when it is upright already; else a new one, and gives the old one back.</summary>
    public static Frame Turn(Frame stored, Orientation orientation, FramePool pool)
    {
        if (orientation is not (> Orientation.TopLeft and <= Orientation.LeftBottom))
        {
            return stored;
        }

        var swapsSides = orientation >= Orientation.LeftTop;
        using (stored)
        {
            var upright = swapsSides ? pool.Rent(stored.Height, stored.Width) : pool.Rent(stored.Width, stored.Height);
            Copy(stored, upright, orientation);
            return upright;
        }
    }

    private static unsafe void Copy(Frame stored, Frame upright, Orientation orientation)
    {
        // The address of stored pixel (0, 0) in the upright picture, and the steps that one stored column and one stored row make there.
        int lastX = (upright.Width - 1) * 3, lastY = (upright.Height - 1) * upright.Stride;
        var (start, column, row) = orientation switch
        {
            Orientation.TopRight => (lastX, -3, upright.Stride),
            Orientation.BottomRight => (lastX + lastY, -3, -upright.Stride),
            Orientation.BottomLeft => (lastY, 3, -upright.Stride),
            Orientation.LeftTop => (0, upright.Stride, 3),
            Orientation.RightTop => (lastX, upright.Stride, -3),
            Orientation.RightBottom => (lastX + lastY, -upright.Stride, -3),
            _ => (lastY, -upright.Stride, 3),
        };

        var from = (byte*)stored.Address;
        var target = (byte*)upright.Address + start;
        for (var y = 0; y < stored.Height; y++, target += row)
        {
            var to = target;
            for (var x = 0; x < stored.Width; x++, from += 3, to += column)
            {
                to[0] = from[0];
                to[1] = from[1];
                to[2] = from[2];
            }
        }
    }
}
