using System.Text.Json;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>In which values two JSON texts differ that are built alike.</summary>
internal static class JsonDifferences
{
    /// <summary>The values in which two JSON texts differ; null where they are none, or are not built alike.</summary>
    public static List<IReadOnlyList<YamlPathStep>>? Find(string first, string other)
    {
        try
        {
            using var a = JsonDocument.Parse(first);
            using var b = JsonDocument.Parse(other);
            var found = new List<IReadOnlyList<YamlPathStep>>();
            return Collect(a.RootElement, b.RootElement, [], found) ? found : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Collect(JsonElement a, JsonElement b, IReadOnlyList<YamlPathStep> path, List<IReadOnlyList<YamlPathStep>> found)
    {
        switch (a.ValueKind, b.ValueKind)
        {
            case (JsonValueKind.Object, JsonValueKind.Object):
                return a.EnumerateObject().Select(one => one.Name).SequenceEqual(b.EnumerateObject().Select(one => one.Name))
                    && a.EnumerateObject().Zip(b.EnumerateObject()).All(pair => Collect(pair.First.Value, pair.Second.Value, [.. path, new YamlPathStep.Key(pair.First.Name)], found));
            case (JsonValueKind.Array, JsonValueKind.Array):
                return a.GetArrayLength() == b.GetArrayLength()
                    && a.EnumerateArray().Zip(b.EnumerateArray()).Index().All(one => Collect(one.Item.First, one.Item.Second, [.. path, new YamlPathStep.Index(one.Index)], found));
            default:
                if (a.GetRawText() != b.GetRawText())
                {
                    found.Add(path);
                }

                return a.ValueKind == b.ValueKind;
        }
    }
}
