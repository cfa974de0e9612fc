namespace FaceEdge.Models;

/// <summary>A model's bytes, checked against its SHA-256; several sessions may be made of one.</summary>
internal sealed class ModelFile
{
    public ModelFile(ModelDescription description, string source, byte[] content)
    {
        Description = description;
        Source = source;
        Content = content;
    }

    public ModelDescription Description { get; }

    /// <summary>Where the bytes came from, for messages: a path, or "embedded".</summary>
    public string Source { get; }

    /// <summary>The ONNX file. Shared: never written to.</summary>
    public byte[] Content { get; }
}
