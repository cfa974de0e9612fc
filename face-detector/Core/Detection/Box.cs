using System.Numerics;

namespace FaceEdge.Detection;

/// <summary>An axis-aligned rectangle in pixels of the original frame, origin top left. May reach over the frame's edge.</summary>
internal readonly record struct Box(float X, float Y, float Width, float Height)
{
    public float Right => X + Width;

    public float Bottom => Y + Height;

    public float Area => Width * Height;

    public Vector2 Centre => new(X + (Width / 2), Y + (Height / 2));

    /// <summary>The box with so much more on each of its sides.</summary>
    /// <param name="share">Of its width to the left and right, of its height above and below.</param>
    public Box Widened(float share) => new(X - (share * Width), Y - (share * Height), Width * (1 + (2 * share)), Height * (1 + (2 * share)));

    /// <summary>The smallest box around both.</summary>
    public Box Union(in Box other)
    {
        var (left, top) = (MathF.Min(X, other.X), MathF.Min(Y, other.Y));
        return new Box(left, top, MathF.Max(Right, other.Right) - left, MathF.Max(Bottom, other.Bottom) - top);
    }

    /// <summary>Intersection over union, 0 to 1.</summary>
    public float IntersectionOverUnion(in Box other)
    {
        var width = MathF.Min(Right, other.Right) - MathF.Max(X, other.X);
        var height = MathF.Min(Bottom, other.Bottom) - MathF.Max(Y, other.Y);
        if (width <= 0 || height <= 0)
        {
            return 0;
        }

        var intersection = width * height;
        return intersection / (Area + other.Area - intersection);
    }
}
