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

        using (stored)
        {
            var upright = PictureTurn.SwapsSides(orientation) ? pool.Rent(stored.Height, stored.Width) : pool.Rent(stored.Width, stored.Height);
            PictureTurn.Copy(stored, upright, orientation);
            return upright;
        }
    }
}
