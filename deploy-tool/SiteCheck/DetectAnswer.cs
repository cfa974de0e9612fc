using System.Text.Json;

namespace FaceEdge.Deploy.SiteCheck;

/// <summary>The faces of an answer of <c>POST /api/v1/detect</c>, or of a line of <c>face-detector detect --json</c>.</summary>
internal static class DetectAnswer
{
    /// <summary>The boxes of <c>faces</c>; null when there is no such list.</summary>
    public static List<Box>? ReadFaces(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("faces", out var faces) || faces.ValueKind != JsonValueKind.Array)
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
