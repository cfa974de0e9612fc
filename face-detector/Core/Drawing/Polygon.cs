using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace FaceEdge.Drawing;

/// <summary>A closed outline in parts of a frame's sides, origin top left. Where it crosses itself, what is inside more than once is inside.</summary>
/// <param name="Points">At least three, each coordinate 0 to 1.</param>
internal sealed record Polygon(IReadOnlyList<Vector2> Points)
{
    private const int MaxPolygons = 32;
    private const int MinPoints = 3;
    private const int MaxPoints = 64;

    /// <summary>In parts of the frame; half a pixel of 640x360.</summary>
    private const float MinArea = 2e-6f;

    /// <summary>Reads polygons separated by ';', their points separated by white space, x and y by ','.</summary>
    public static bool TryParseList(string text, [MaybeNullWhen(false)] out IReadOnlyList<Polygon> polygons)
    {
        var list = new List<Polygon>();
        polygons = list;
        foreach (var outline in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var points = new List<Vector2>();
            foreach (var point in outline.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                if (point.Split(',') is not [var x, var y] || !TryParsePart(x, out var across) || !TryParsePart(y, out var down))
                {
                    return false;
                }

                points.Add(new Vector2(across, down));
            }

            if (points.Count is < MinPoints or > MaxPoints || IsLine(points))
            {
                return false;
            }

            list.Add(new Polygon(points));
        }

        return list.Count is >= 1 and <= MaxPolygons;
    }

    /// <summary>Whether an outline encloses nothing, for example because a point is repeated: it would hide nothing.</summary>
    private static bool IsLine(List<Vector2> points)
    {
        var (start, far) = (points[0], points.MaxBy(point => Vector2.DistanceSquared(point, points[0])));
        return points.TrueForAll(point => MathF.Abs(((far.X - start.X) * (point.Y - start.Y)) - ((far.Y - start.Y) * (point.X - start.X))) < MinArea);
    }

    private static bool TryParsePart(string text, out float part) =>
        float.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out part) && part is >= 0 and <= 1;
}
