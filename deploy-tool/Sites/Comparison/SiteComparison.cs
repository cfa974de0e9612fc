using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Comparison;

/// <summary>Compares two sites by what their files mean: comments, order and quoting are no difference.</summary>
internal static class SiteComparison
{
    /// <summary>What differs, less what the policy says may differ.</summary>
    public static IReadOnlyList<Difference> Run(SiteView from, SiteView to, IReadOnlyList<AllowedDifference> mayDiffer)
    {
        var (left, right) = (ByName(from), ByName(to));
        return [.. left.Keys.Union(right.Keys).Order()
            .SelectMany(name => Compare(left.GetValueOrDefault(name), right.GetValueOrDefault(name)))
            .Where(one => one.Path is null || !mayDiffer.Any(allowed => allowed.Covers(one.Object, one.Path)))];
    }

    private static Dictionary<(string Kind, string Namespace, string Name), KubernetesObject> ByName(SiteView site) =>
        site.Objects.GroupBy(one => (one.Kind, one.Namespace, one.Name)).ToDictionary(group => group.Key, group => group.First());

    private static IEnumerable<Difference> Compare(KubernetesObject? from, KubernetesObject? to)
    {
        var one = (from ?? to)!;
        var touchesHost = one.Kind == "HostConfiguration";
        if (from is null || to is null)
        {
            return [new Difference(one.Selector, null, Whole(from), Whole(to), touchesHost)];
        }

        var (left, right) = (ObjectValues.Of(from), ObjectValues.Of(to));
        return from key in left.Keys.Union(right.Keys).Order(StringComparer.Ordinal)
               let before = left.TryGetValue(key, out var a) ? a.Value : null
               let after = right.TryGetValue(key, out var b) ? b.Value : null
               where before?.Text != after?.Text
               let path = left.TryGetValue(key, out var c) ? c.Path : right[key].Path
               select new Difference(one.Selector, path, before, after, touchesHost);
    }

    private static PlacedValue? Whole(KubernetesObject? one) => one is null ? null : new PlacedValue("(the whole object)", one.File.RelativePath, one.Root.Start);
}

/// <summary>One value in which two sites differ.</summary>
/// <param name="Object">The object that holds it.</param>
/// <param name="Path">Where in the object; null when one site lacks the object.</param>
/// <param name="From">The value in the first site; null when it has none.</param>
/// <param name="To">The value in the second site; null when it has none.</param>
/// <param name="TouchesHost">True when carrying the difference over may restart the host or put it into maintenance mode.</param>
internal sealed record Difference(DocumentSelector Object, YamlPath? Path, PlacedValue? From, PlacedValue? To, bool TouchesHost);

/// <summary>A value and where it stands.</summary>
/// <param name="Text">As YAML means it, a text that would read as something else in quotes.</param>
/// <param name="File">Path from the sites folder.</param>
/// <param name="Position">Where in the file.</param>
internal sealed record PlacedValue(string Text, string File, SourcePosition Position);
