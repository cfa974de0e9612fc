using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites;

/// <summary>
/// Reads the manifests of a fleet, and what edits make of them. The first of a kind is parsed, before and after its edit; those like it
/// are compared with it. May be used from several threads at once.
/// </summary>
internal sealed class ManifestReader
{
    private readonly YamlReader _manifests = new();

    /// <summary>Reads what an edit made, apart from the manifests, so that the first result of a kind goes through the parser.</summary>
    public YamlReader Results { get; } = new();

    /// <summary>Reads one manifest; the answer is null, or what is wrong with it and where.</summary>
    public YamlFault? TryRead(byte[] bytes, out DetectorManifest manifest)
    {
        var fault = _manifests.TryRead(bytes, out var file);
        manifest = new DetectorManifest(bytes, file, this);
        return fault;
    }
}
