using System.Text.Json;

namespace FaceEdge.Deploy.Rehearsal.SiteAgents;

/// <summary>An unpacked image, and what its configuration asks for.</summary>
/// <param name="Root">The image's root folder on this machine.</param>
/// <param name="Command">Entry point and arguments, as the image names them.</param>
/// <param name="Environment">Variables of the image.</param>
/// <param name="WorkingDirectory">In the image.</param>
internal sealed record UnpackedImage(string Root, IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment, string WorkingDirectory)
{
    public const string RootName = "rootfs";
    public const string ConfigName = "config.json";

    public static UnpackedImage Read(string folder)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, ConfigName)));
        var config = json.RootElement.GetProperty("config");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in Texts(config, "Env"))
        {
            if (pair.Split('=', 2) is [var name, var value])
            {
                environment[name] = value;
            }
        }

        var directory = config.TryGetProperty("WorkingDir", out var text) && text.GetString() is { Length: > 0 } asked ? asked : "/";
        return new UnpackedImage(Path.Combine(folder, RootName), [.. Texts(config, "Entrypoint"), .. Texts(config, "Cmd")], environment, directory);
    }

    /// <summary>The path on this machine of a path in the image.</summary>
    public string Locate(string path) => Path.Combine(Root, path.TrimStart('/'));

    private static IEnumerable<string> Texts(JsonElement config, string name) =>
        config.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(item => item.GetString() ?? "")]
            : [];
}
