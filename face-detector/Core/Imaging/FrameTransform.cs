namespace FaceEdge.Imaging;

/// <summary>How a camera's frames are shown: turned clockwise, then mirrored left to right, then cut.</summary>
internal sealed class FrameTransform
{
    /// <summary>Planes of colour have one sample for two pixels: a cut lies between samples.</summary>
    private const int Grain = 2;

    private readonly Orientation _orientation;
    private readonly CropRegion _crop;

    /// <param name="rotate">Degrees clockwise: 0, 90, 180 or 270.</param>
    /// <param name="mirror">Whether left and right are swapped.</param>
    /// <param name="crop">The part that is kept of the turned frame.</param>
    public FrameTransform(int rotate, bool mirror, CropRegion crop)
    {
        _orientation = (rotate, mirror) switch
        {
            (0, false) => Orientation.TopLeft,
            (0, true) => Orientation.TopRight,
            (90, false) => Orientation.RightTop,
            (90, true) => Orientation.LeftTop,
            (180, false) => Orientation.BottomRight,
            (180, true) => Orientation.BottomLeft,
            (270, false) => Orientation.LeftBottom,
            (270, true) => Orientation.RightBottom,
            _ => throw new ArgumentOutOfRangeException(nameof(rotate), rotate, "A rotation is 0, 90, 180 or 270 degrees."),
        };
        _crop = crop;
    }

    /// <summary>Returns the frame itself where nothing changes; else a new one, and gives the old one back.</summary>
    /// <param name="frame">The caller's own.</param>
    /// <param name="pool">Lends the new one. Another pool than the frame's, which keeps frames of one size.</param>
    public Frame Apply(Frame frame, FramePool pool)
    {
        if (_orientation == Orientation.TopLeft && _crop == CropRegion.Whole)
        {
            return frame;
        }

        using (frame)
        {
            var (width, height) = FrameRotation.SwapsSides(_orientation) ? (frame.Height, frame.Width) : (frame.Width, frame.Height);
            var (left, right) = Range(_crop.X, _crop.Width, width);
            var (top, bottom) = Range(_crop.Y, _crop.Height, height);
            var view = pool.Rent(frame.Layout with { Width = right - left, Height = bottom - top });
            FrameRotation.Copy(frame, view, _orientation, left, top);
            view.LacksEndMarker = frame.LacksEndMarker;
            return view;
        }
    }

    private static (int First, int End) Range(double first, double length, int side)
    {
        var start = Math.Min((int)Math.Round(first * side), side - 1) / Grain * Grain;
        return (start, Math.Clamp((int)Math.Round((first + length) * side), start + 1, side));
    }
}
