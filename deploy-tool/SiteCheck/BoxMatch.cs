using System.Text.Json;

namespace FaceEdge.Deploy.SiteCheck;

/// <summary>How the boxes that a site finds fit those that a picture is known to hold.</summary>
/// <param name="Missed">Known faces without a box.</param>
/// <param name="Extra">Boxes without a known face.</param>
/// <param name="LowestOverlap">Of the pairs; 1 when there are none.</param>
internal sealed record BoxMatch(int Missed, int Extra, double LowestOverlap)
{
    /// <summary>
    /// Overlap from which a box counts as the face's: the usual 0.5 would judge how tightly a model's boxes are cut, which is the
    /// accuracy gate's business; here it is whether this build finds these faces where they are.
    /// </summary>
    private const double EnoughOverlap = 0.4;

    public bool Fits => Missed == 0 && Extra == 0;

    /// <summary>Pairs boxes greedily, best overlap first, each once.</summary>
    public static BoxMatch Of(IReadOnlyList<Box> known, IReadOnlyList<Box> found)
    {
        var pairs = from i in Enumerable.Range(0, known.Count)
                    from j in Enumerable.Range(0, found.Count)
                    let overlap = known[i].Overlap(found[j])
                    where overlap >= EnoughOverlap
                    orderby overlap descending
                    select (Known: i, Found: j, Overlap: overlap);
        var takenKnown = new HashSet<int>();
        var takenFound = new HashSet<int>();
        var lowest = 1.0;
        foreach (var pair in pairs)
        {
            if (!takenKnown.Contains(pair.Known) && takenFound.Add(pair.Found))
            {
                takenKnown.Add(pair.Known);
                lowest = Math.Min(lowest, pair.Overlap);
            }
        }

        return new BoxMatch(known.Count - takenKnown.Count, found.Count - takenFound.Count, lowest);
    }
}

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

/// <summary>The faces of a response of <c>POST /api/v1/detect</c>, or of a line of <c>face-detector detect --json</c>.</summary>
internal static class FaceBoxes
{
    /// <summary>The boxes of <c>faces</c>; null when there is no such list.</summary>
    public static List<Box>? Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("faces", out var faces) || faces.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var boxes = new List<Box>();
        foreach (var face in faces.EnumerateArray())
        {
            if (Number(face, "x") is not { } x || Number(face, "y") is not { } y
                || Number(face, "width") is not { } width || Number(face, "height") is not { } height)
            {
                return null;
            }

            boxes.Add(new Box(x, y, width, height));
        }

        return boxes;
    }

    private static double? Number(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)
            ? number
            : null;
}
