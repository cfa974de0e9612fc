namespace FaceEdge.Detection;

/// <summary>Greedy non-maximum suppression: of boxes that overlap, the strongest stays.</summary>
internal static class NonMaxSuppression
{
    /// <summary>Moves the faces that stay to the front, in order.</summary>
    /// <param name="faces">Sorted by score, strongest first.</param>
    /// <param name="overlapThreshold">Intersection over union above which the weaker box goes, 0 to 1.</param>
    /// <returns>How many stay.</returns>
    public static int Suppress(Span<Face> faces, float overlapThreshold)
    {
        var kept = 0;
        for (var i = 0; i < faces.Length; i++)
        {
            if (!OverlapsAny(faces[..kept], faces[i].Box, overlapThreshold))
            {
                faces[kept++] = faces[i];
            }
        }

        return kept;
    }

    private static bool OverlapsAny(ReadOnlySpan<Face> kept, in Box box, float overlapThreshold)
    {
        foreach (ref readonly var face in kept)
        {
            if (face.Box.IntersectionOverUnion(box) > overlapThreshold)
            {
                return true;
            }
        }

        return false;
    }
}
