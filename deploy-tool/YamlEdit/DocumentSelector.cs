namespace FaceEdge.Deploy.YamlEdit;

/// <summary>Names one Kubernetes object of a multi-document file.</summary>
public sealed record DocumentSelector(string Kind, string Name)
{
    /// <summary>The one document of a file that holds no object.</summary>
    public static DocumentSelector Only { get; } = new("", "");

    public bool Selects(YamlDocument document) =>
        ReferenceEquals(this, Only) || (document.Root.Text("kind") == Kind && document.Root.Text("metadata", "name") == Name);

    public override string ToString() => $"{Kind}/{Name}";
}
