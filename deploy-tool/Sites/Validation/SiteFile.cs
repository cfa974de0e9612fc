using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Validation;

/// <summary>One YAML file of a site, parsed or faulty.</summary>
/// <param name="RelativePath">Path from the sites folder, with forward slashes.</param>
/// <param name="Bytes">As they are.</param>
/// <param name="Text">The text; null when the bytes are not text.</param>
/// <param name="Yaml">The documents; null when <paramref name="Fault"/> says why there are none.</param>
/// <param name="Fault">Why the file is not YAML; null when it is.</param>
internal sealed record SiteFile(string RelativePath, byte[] Bytes, string? Text, YamlFile? Yaml, YamlFault? Fault)
{
    public static SiteFile Read(string path, string relativePath) => Of(File.ReadAllBytes(path), relativePath);

    public static SiteFile Of(byte[] bytes, string relativePath)
    {
        var fault = YamlFile.TryParse(bytes, out var yaml);
        var text = fault is null ? yaml.Text.Value : YamlText.TryDecode(bytes, out var decoded) is null ? decoded.Value : null;
        return new SiteFile(relativePath, bytes, text, fault is null ? yaml : null, fault);
    }
}
