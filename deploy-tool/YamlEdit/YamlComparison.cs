namespace FaceEdge.Deploy.YamlEdit;

/// <summary>Compares streams by what they mean and how they are written, not by where it stands.</summary>
internal static class YamlComparison
{
    /// <summary>Whether two streams are the same but for the values, and perhaps the styles, of some scalars.</summary>
    /// <param name="before">One stream.</param>
    /// <param name="after">The other.</param>
    /// <param name="values">What the other has for a scalar, by the scalar's number.</param>
    public static bool DifferOnlyIn(IReadOnlyList<YamlDocument> before, IReadOnlyList<YamlDocument> after, IReadOnlyDictionary<int, string> values) =>
        SameItems(before, after, (a, b) => Same(a.Root, b.Root, values, null));

    /// <summary>Whether two streams are the same but for one entry of a mapping that only the other has.</summary>
    /// <param name="before">One stream.</param>
    /// <param name="after">The other.</param>
    /// <param name="added">The value of that entry.</param>
    public static bool DifferOnlyByEntry(IReadOnlyList<YamlDocument> before, IReadOnlyList<YamlDocument> after, YamlNode added) =>
        SameItems(before, after, (a, b) => Same(a.Root, b.Root, new Dictionary<int, string>(), added));

    private static bool Same(YamlNode before, YamlNode after, IReadOnlyDictionary<int, string> values, YamlNode? added) =>
        before.Anchor == after.Anchor && before.Tag == after.Tag && (before, after) switch
        {
            (YamlScalar a, YamlScalar b) => values.TryGetValue(a.Number, out var value) ? b.Value == value : a.Value == b.Value && a.Style == b.Style,
            (YamlAlias a, YamlAlias b) => a.Name == b.Name,
            (YamlSequence a, YamlSequence b) => a.Flow == b.Flow && SameItems(a.Items, b.Items, (x, y) => Same(x, y, values, added)),
            (YamlMapping a, YamlMapping b) => a.Flow == b.Flow
                && SameItems(a.Entries, Without(b.Entries, added), (x, y) => Same(x.Key, y.Key, values, added) && Same(x.Value, y.Value, values, added)),
            _ => false,
        };

    private static IReadOnlyList<YamlEntry> Without(IReadOnlyList<YamlEntry> entries, YamlNode? added) =>
        added is null ? entries : [.. entries.Where(entry => !ReferenceEquals(entry.Value, added))];

    private static bool SameItems<T>(IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, T, bool> same)
    {
        var count = before.Count;
        for (var i = 0; i < count && count == after.Count; i++)
        {
            if (!same(before[i], after[i]))
            {
                return false;
            }
        }

        return count == after.Count;
    }
}
