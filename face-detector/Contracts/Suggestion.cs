namespace FaceEdge.Contracts;

/// <summary>The word that was probably meant.</summary>
internal static class Suggestion
{
    /// <summary>The sentence to append to an error: <c>; did you mean NAME?</c>, or nothing when no candidate is near.</summary>
    public static string For(string word, IEnumerable<string> candidates) => Nearest(word, candidates) is { } nearest ? $"; did you mean {nearest}?" : "";

    /// <summary>The candidate that takes the fewest edits, at most one for every three letters; null when there is none.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates) => candidates
        .Select(candidate => (Name: candidate, Edits: Edits(word, candidate)))
        .Where(one => one.Edits <= Math.Max(1, one.Name.Trim('-').Length / 3))
        .OrderBy(one => one.Edits)
        .ThenBy(one => one.Name, StringComparer.Ordinal)
        .Select(one => one.Name)
        .FirstOrDefault();

    /// <summary>Optimal string alignment distance: letters added, left out, changed, or swapped with the next one. Capitals do not count.</summary>
    public static int Edits(string from, string to)
    {
        (from, to) = (from.ToUpperInvariant(), to.ToUpperInvariant());
        var (before, last, now) = (new int[to.Length + 1], new int[to.Length + 1], new int[to.Length + 1]);
        for (var column = 0; column <= to.Length; column++)
        {
            last[column] = column;
        }

        for (var row = 1; row <= from.Length; row++)
        {
            now[0] = row;
            for (var column = 1; column <= to.Length; column++)
            {
                var change = last[column - 1] + (from[row - 1] == to[column - 1] ? 0 : 1);
                now[column] = Math.Min(change, Math.Min(last[column], now[column - 1]) + 1);
                if (row > 1 && column > 1 && from[row - 1] == to[column - 2] && from[row - 2] == to[column - 1])
                {
                    now[column] = Math.Min(now[column], before[column - 2] + 1);
                }
            }

            (before, last, now) = (last, now, before);
        }

        return last[to.Length];
    }
}
