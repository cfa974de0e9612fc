using FaceEdge.Imaging;

namespace FaceEdge.Drawing;

/// <summary>Blackens parts of frames. What lies on an edge is black too, so that nothing inside shows.</summary>
/// <remarks>Computes the masked pixels again only when the size of the frames changes. Not thread-safe: one per camera.</remarks>
internal sealed class FrameMask
{
    /// <summary>Planes of colour have one sample for two rows and columns: runs cover whole ones, or some colour would be left at their edges.</summary>
    private const int Grain = 2;

    private readonly IReadOnlyList<Polygon> _polygons;
    private readonly List<(int Left, int Right, int Top)> _runs = [];
    private int _width;
    private int _height;

    /// <param name="polygons">None leaves frames as they are.</param>
    public FrameMask(IReadOnlyList<Polygon> polygons) => _polygons = polygons;

    public void Apply(Frame frame)
    {
        if (_polygons.Count == 0)
        {
            return;
        }

        if (frame.Width != _width || frame.Height != _height)
        {
            Outline(frame.Width, frame.Height);
        }

        var canvas = PixelCanvas.Over(frame);
        foreach (var (left, right, top) in _runs)
        {
            canvas.Fill(left, top, right, top + Grain, Colour.Black);
        }
    }

    private void Outline(int width, int height)
    {
        (_width, _height) = (width, height);
        _runs.Clear();
        var crossings = new List<(float X, int Turn)>();
        foreach (var polygon in _polygons)
        {
            for (var top = 0; top < height; top += Grain)
            {
                for (var row = top; row < Math.Min(top + Grain, height); row++)
                {
                    Cross(polygon, (row + 0.5f) / height, crossings);
                    AddRuns(crossings, width, top);
                }
            }
        }
    }

    /// <summary>What the outline encloses, once or more often, is inside: an outline that crosses itself, or is written twice, leaves no hole.</summary>
    private void AddRuns(List<(float X, int Turn)> crossings, int width, int top)
    {
        var (turns, start) = (0, 0f);
        foreach (var (x, turn) in crossings)
        {
            start = turns == 0 ? x : start;
            turns += turn;
            if (turns == 0)
            {
                var left = (int)MathF.Floor((start * width) - 1);
                var right = (int)MathF.Ceiling((x * width) + 1);
                _runs.Add((left / Grain * Grain, (right + Grain - 1) / Grain * Grain, top));
            }
        }
    }

    /// <summary>Where a row crosses the outline, left to right, and whether it goes down (1) or up (-1) there.</summary>
    private static void Cross(Polygon polygon, float y, List<(float X, int Turn)> crossings)
    {
        crossings.Clear();
        var from = polygon.Points[^1];
        foreach (var to in polygon.Points)
        {
            if (from.Y <= y != to.Y <= y)
            {
                crossings.Add((from.X + ((y - from.Y) / (to.Y - from.Y) * (to.X - from.X)), from.Y < to.Y ? 1 : -1));
            }

            from = to;
        }

        crossings.Sort(static (one, other) => one.X.CompareTo(other.X));
    }
}
