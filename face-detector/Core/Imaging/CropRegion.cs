using System.Globalization;

namespace FaceEdge.Imaging;

/// <summary>A part of a frame, in parts of its sides from its top left corner.</summary>
internal readonly record struct CropRegion(double X, double Y, double Width, double Height)
{
    public static CropRegion Whole { get; } = new(0, 0, 1, 1);

    /// <summary>Reads "x,y,width,height".</summary>
    public static bool TryParse(string text, out CropRegion region)
    {
        region = Whole;
        var parts = text.Split(',');
        Span<double> values = stackalloc double[4];
        if (parts.Length != values.Length)
        {
            return false;
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (!double.TryParse(parts[i].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out values[i]) || values[i] > 1)
            {
                return false;
            }
        }

        region = new CropRegion(values[0], values[1], values[2], values[3]);
        return region.Width > 0 && region.Height > 0 && region.X + region.Width <= 1.000_001 && region.Y + region.Height <= 1.000_001;
    }
}
