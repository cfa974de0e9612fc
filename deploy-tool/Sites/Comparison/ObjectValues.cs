using System.Text.Json;
using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Comparison;

/// <summary>The values of an object by their paths. Items of lists go by their name where each has one, so that their order is no difference.</summary>
internal sealed class ObjectValues
{
    /// <summary>Aliases can make a small file large; no manifest comes near this many values.</summary>
    private const int MaximumValues = 100_000;

    private readonly KubernetesObject _object;
    private readonly Dictionary<string, (YamlPath Path, PlacedValue Value)> _values = new(StringComparer.Ordinal);
    private int _visited;

    private ObjectValues(KubernetesObject one) => _object = one;

    /// <summary>Values by the text of their path.</summary>
    /// <exception cref="SitesException">The object expands to too many values through aliases.</exception>
    public static IReadOnlyDictionary<string, (YamlPath Path, PlacedValue Value)> Of(KubernetesObject one)
    {
        var values = new ObjectValues(one);
        values.Visit(one.Root, []);
        return values._values;
    }

    private void Visit(YamlNode written, IReadOnlyList<YamlPathStep> path)
    {
        if (++_visited > MaximumValues)
        {
            throw new SitesException($"{_object.File.RelativePath}: {_object} expands to more than {MaximumValues} values through aliases", "write the values out");
        }

        switch (written.Resolved)
        {
            case YamlMapping mapping:
                foreach (var entry in mapping.Merged)
                {
                    Visit(entry.Value, [.. path, new YamlPathStep.Key(entry.Name ?? "?")]);
                }

                break;
            case YamlSequence sequence:
                VisitItems(sequence, path);
                break;
            case YamlScalar scalar when _object.Kind == "HostConfiguration" && path is [YamlPathStep.Key { Name: "spec" }, YamlPathStep.Key { Name: "profile" }] && TryJson(scalar.Value, out var json):
                using (json)
                {
                    VisitJson(json.RootElement, scalar, path);
                }

                break;
            case YamlScalar scalar:
                Add(path, TextOf(scalar), scalar);
                break;
        }
    }

    private void VisitItems(YamlSequence sequence, IReadOnlyList<YamlPathStep> path)
    {
        var names = sequence.Items.Select(item => item.Text("name")).ToList();
        var byName = names.All(name => name is not null) && names.Distinct(StringComparer.Ordinal).Count() == names.Count;
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            Visit(sequence.Items[i], [.. path, byName ? new YamlPathStep.Match("name", names[i]!) : new YamlPathStep.Index(i)]);
        }
    }

    /// <summary>The profile of a host is JSON in a string; what differs within it is reported by its own path.</summary>
    private void VisitJson(JsonElement element, YamlScalar profile, IReadOnlyList<YamlPathStep> path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    VisitJson(member.Value, profile, [.. path, new YamlPathStep.Key(member.Name)]);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in element.EnumerateArray().Index())
                {
                    VisitJson(item, profile, [.. path, new YamlPathStep.Index(index)]);
                }

                break;
            default:
                Add(path, element.GetRawText(), profile);
                break;
        }
    }

    private void Add(IReadOnlyList<YamlPathStep> steps, string text, YamlScalar scalar)
    {
        var path = YamlPath.Of(steps);
        _values[path.ToString()] = (path, new PlacedValue(text, _object.File.RelativePath, scalar.Start));
    }

    private static string TextOf(YamlScalar scalar) =>
        PlainScalar.KindOf(scalar) == ScalarKind.Text && ScalarWriter.ReadsAsOtherThanString(scalar.Value) ? $"'{scalar.Value}'" : scalar.Value;

    private static bool TryJson(string text, out JsonDocument json)
    {
        try
        {
            json = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            json = null!;
            return false;
        }
    }
}
