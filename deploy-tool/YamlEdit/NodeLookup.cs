namespace FaceEdge.Deploy.YamlEdit;

/// <summary>Finds a node of any kind.</summary>
public static class NodeLookup
{
    /// <summary>The one node that a selector and a path name; null when there is not exactly one.</summary>
    public static YamlNode? Find(YamlFile file, DocumentSelector selector, YamlPath path) =>
        ScalarLookup.FindNode(file, selector, path.Steps, path.ToString()).Place?.Resolved;
}
