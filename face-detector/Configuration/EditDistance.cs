namespace FaceEdge.Configuration;

/// <summary>How many typing errors lie between two words.</summary>
internal static class EditDistance
{
    /// <summary>Letters put in, left out, replaced, or swapped with their neighbour (optimal string alignment); capitals do not count.</summary>
    public static int Between(string one, string other)
    {
        var distance = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            distance[i, 0] = i;
        }

        for (var j = 0; j <= other.Length; j++)
        {
            distance[0, j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                distance[i, j] = Math.Min(
                    Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1,
                    distance[i - 1, j - 1] + (Same(one[i - 1], other[j - 1]) ? 0 : 1));
                if (i > 1 && j > 1 && Same(one[i - 1], other[j - 2]) && Same(one[i - 2], other[j - 1]))
                {
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
                }
            }
        }

        return distance[one.Length, other.Length];
    }

    private static bool Same(char one, char other) => char.ToUpperInvariant(one) == char.ToUpperInvariant(other);
}
