namespace FaceEdge.Detection;

/// <summary>An axis-aligned rectangle in pixels of the original picture, origin top left. May reach over the picture's edge.</summary>
internal readonly record struct Box(float X, float Y, float Width, float Height)
{
    public float Right => X + Width;

    public float Bottom => Y + Height;

    public float Area => Width * Height;

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
