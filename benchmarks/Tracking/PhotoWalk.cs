using FaceEdge.Detection;
using FaceEdge.Evaluation;
using FaceEdge.Imaging;

namespace FaceEdge.Benchmarks.Tracking;

/// <summary>
/// A photo as a camera would see it that looks around in it: a window that wanders over it, so that real faces move, come into view and leave, and where
/// they are is known.
/// </summary>
internal sealed class PhotoWalk : IDisposable
{
    /// <summary>Of the photo's sides.</summary>
    private const double WindowShare = 0.6;

    /// <summary>Faces smaller than this share of the window are not asked for.</summary>
    private const double LeastHeight = 0.1;

    private readonly Frame _photo;
    private readonly LabelledPicture _labels;

    /// <param name="photo">Owned by the walk from here on.</param>
    /// <param name="labels">Its faces.</param>
    public PhotoWalk(Frame photo, LabelledPicture labels)
    {
        _photo = photo;
        _labels = labels;
        Width = (int)(photo.Width * WindowShare);
        Height = (int)(photo.Height * WindowShare);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Paints what the window shows.</summary>
    public void Paint(double seconds, Frame window)
    {
        var (left, top) = CornerAt(seconds);
        for (var y = 0; y < Height; y++)
        {
            _photo.Pixels.Slice(((top + y) * _photo.Stride) + (left * 3), Width * 3).CopyTo(window.Pixels[(y * window.Stride)..]);
        }
    }

    /// <summary>Faces that lie wholly in the window.</summary>
    public IReadOnlyList<(int Person, Box Box)> PeopleAt(double seconds)
    {
        var (left, top) = CornerAt(seconds);
        var people = new List<(int, Box)>();
        for (var i = 0; i < _labels.Faces.Count; i++)
        {
            var box = _labels.Faces[i].Box with { X = _labels.Faces[i].Box.X - left, Y = _labels.Faces[i].Box.Y - top };
            if (!_labels.Faces[i].Ignored && box.Height >= LeastHeight * Height && box is { X: >= 0, Y: >= 0 } && box.Right <= Width && box.Bottom <= Height)
            {
                people.Add((i, box));
            }
        }

        return people;
    }

    public void Dispose() => _photo.Dispose();

    /// <summary>A slow figure of unlike periods, so that every corner is visited, at up to half a window a second.</summary>
    private (int Left, int Top) CornerAt(double seconds) => (
        (int)((_photo.Width - Width) * (0.5 + (0.5 * Math.Sin(seconds * 1.3)))),
        (int)((_photo.Height - Height) * (0.5 + (0.5 * Math.Sin((seconds * 0.9) + 1)))));
}
