namespace FaceEdge.Deploy.YamlEdit;

/// <summary>Names one Kubernetes object of a multi-document file.</summary>
public sealed record DocumentSelector(string Kind, string Name)
{
    public bool Selects(YamlDocument document) => document.Root.Text("kind") == Kind && document.Root.Text("metadata", "name") == Name;

    public override string ToString() => $"{Kind}/{Name}";
}
