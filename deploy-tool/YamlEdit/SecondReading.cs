using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace FaceEdge.Deploy.YamlEdit;

/// <summary>
/// Reads the result of an edit with YamlDotNet's parser, which shares nothing with ours: two readers must find the new value where it
/// belongs, and every other value as it was.
/// </summary>
internal static class SecondReading
{
    /// <summary>Whether YamlDotNet sees the edit as we do. What it cannot read before the edit either says nothing about the edit.</summary>
    /// <param name="before">The file before the edit.</param>
    /// <param name="after">The file after it.</param>
    /// <param name="values">The new values, by the scalars' numbers.</param>
    public static bool Agrees(YamlFile before, YamlFile after, IReadOnlyDictionary<int, string> values)
    {
        if (AgreesWithin(before, after))
        {
            return true;
        }

        var read = Values(after.Text.Value);
        if (read is not null && read.SequenceEqual(after.Documents.SelectMany(document => ValuesOf(document.Root))))
        {
            return true;
        }

        return Values(before.Text.Value) is not { } was
            || (read is not null && read.Count == was.Count
                && Enumerable.Range(0, was.Count).All(i => read[i] == (values.TryGetValue(i, out var value) ? value : was[i])));
    }

    /// <summary>Whether YamlDotNet reads a file as we do.</summary>
    public static bool Agrees(YamlFile file) => Values(file.Text.Value) is { } read && read.SequenceEqual(file.Documents.SelectMany(document => ValuesOf(document.Root)));

    /// <summary>
    /// Whether YamlDotNet reads each document that the edit touched as we do. Documents whose text is the same are not read again: a fleet
    /// has thousands of manifests. Where a document does not stand for itself, as under a directive, only the whole file tells.
    /// </summary>
    private static bool AgreesWithin(YamlFile before, YamlFile after)
    {
        if (before.Documents.Count != after.Documents.Count)
        {
            return false;
        }

        for (var i = 0; i < after.Documents.Count; i++)
        {
            var text = TextOf(after, i);
            if (!text.SequenceEqual(TextOf(before, i)) && !(Values(text.ToString())?.SequenceEqual(ValuesOf(after.Documents[i].Root)) ?? false))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A document's text, up to where the next one begins.</summary>
    private static ReadOnlySpan<char> TextOf(YamlFile file, int index)
    {
        var start = file.Documents[index].Start.Offset;
        var end = index + 1 < file.Documents.Count ? file.Documents[index + 1].Start.Offset : file.Text.Value.Length;
        return file.Text.Value.AsSpan(start, end - start);
    }

    /// <summary>The values of all scalars in file order; null when YamlDotNet refuses the file.</summary>
    private static List<string>? Values(string text)
    {
        var values = new List<string>();
        try
        {
            var parser = new Parser(new StringReader(text));
            while (parser.MoveNext())
            {
                if (parser.Current is Scalar scalar)
                {
                    values.Add(scalar.Value);
                }
            }

            return values;
        }
        catch (Exception exception) when (exception is YamlException or InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // It meets some malformed flow collections with an exception that is none of its own.
            return null;
        }
    }

    private static IEnumerable<string> ValuesOf(YamlNode node) => node switch
    {
        YamlScalar scalar => [scalar.Value],
        YamlSequence sequence => sequence.Items.SelectMany(ValuesOf),
        YamlMapping mapping => mapping.Entries.SelectMany(entry => ValuesOf(entry.Key).Concat(ValuesOf(entry.Value))),
        _ => [],
    };
}
