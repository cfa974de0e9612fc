using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Validation;

/// <summary>One object of a manifest.</summary>
internal sealed record KubernetesObject(SiteFile File, YamlNode Root)
{
    public string ApiVersion { get; } = Root.Text("apiVersion") ?? "";

    public string Kind { get; } = Root.Text("kind") ?? "";

    public string Name { get; } = Root.Text("metadata", "name") ?? "";

    public string Namespace { get; } = Root.Text("metadata", "namespace") ?? "";

    /// <summary>The API group; empty for the core group.</summary>
    public string Group => ApiVersion.Split('/') is [var group, _] ? group : "";

    public DocumentSelector Selector => new(Kind, Name);

    /// <summary>Labels and the like below a path, as text.</summary>
    public IReadOnlyDictionary<string, string> Texts(params ReadOnlySpan<string> keys) => Texts(Root, keys);

    public static IReadOnlyDictionary<string, string> Texts(YamlNode node, params ReadOnlySpan<string> keys)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in node.EntriesAt(keys))
        {
            if (entry.Name is { } name && entry.Value.Resolved is YamlScalar scalar)
            {
                texts[name] = scalar.Value;
            }
        }

        return texts;
    }

    public override string ToString() => $"{Kind}/{Name}";
}
