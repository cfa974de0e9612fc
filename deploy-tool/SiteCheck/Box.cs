namespace FaceEdge.Deploy.SiteCheck;

/// <summary>A face's box in pixels of the picture, from its top left corner.</summary>
internal readonly record struct Box(double X, double Y, double Width, double Height)
{
    /// <summary>Intersection over union: 1 for the same box, 0 for boxes apart.</summary>
    public double Overlap(Box other)
    {
        var width = Math.Min(X + Width, other.X + other.Width) - Math.Max(X, other.X);
        var height = Math.Min(Y + Height, other.Y + other.Height) - Math.Max(Y, other.Y);
        if (width <= 0 || height <= 0)
        {
            return 0;
        }

        var intersection = width * height;
        return intersection / ((Width * Height) + (other.Width * other.Height) - intersection);
    }
}
