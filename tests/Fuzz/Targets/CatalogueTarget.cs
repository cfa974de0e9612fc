using System.Text;
using FaceEdge.Models;

namespace FaceEdge.Fuzz.Targets;

/// <summary>The catalogue of models: read, or refused with file and line.</summary>
internal sealed class CatalogueTarget : FuzzTarget
{
    public override string Name => "catalogue";

    public override int MaxLength => 2048;

    public override IReadOnlyList<byte[]> Words { get; } = AsBytes(
        "\n", ": ", "- ", "[", "]", "{", "}", "&a ", "*a", "!!str ", "|", ">", "'", "\"", "---\n", "default: ", "models:\n", "../", "http://", "https://x/", "sha256: ", "size: -1", "320x192", "dynamic", "1e9", "~", "<<: *a", "? ", "\t", "%YAML 1.1\n");

    public override IEnumerable<byte[]> Seeds() => AsBytes("""
        default: tiny
        models:
          - name: tiny
            family: test
            file: tiny.onnx
            url: https://example.org/tiny.onnx
            sha256: 104ee26c71d5c270ce79a6b3dced91c91013260d29a6bf18f9296c5b8c4c2b12
            size: 42
            licence: MIT
            input: 320x192
            thresholds: {score: 0.6, overlap: 0.45}
        """);

    public override void Run(ReadOnlySpan<byte> input)
    {
        try
        {
            using var text = new StringReader(Encoding.UTF8.GetString(input));
            var catalogue = CatalogueReader.Read(text, "catalogue.yaml");
            foreach (var entry in catalogue.Entries)
            {
                Require(Path.GetFileName(entry.CacheFile) == entry.CacheFile && Path.GetFileName(entry.File) == entry.File, "files that stay in their folder");
                Require(entry.Url is null || entry.Url.Scheme == Uri.UriSchemeHttps, "addresses that are https");
            }
        }
        catch (InvalidCatalogueException exception)
        {
            Require(exception.Message.StartsWith("catalogue.yaml:", StringComparison.Ordinal), "a refusal that names file and line");
        }
    }
}
