using System.Reflection;

namespace FaceEdge.Models;

/// <summary>The files of this folder that the build puts into the program: the catalogue and the project's own models.</summary>
internal static class EmbeddedModels
{
    public const string Source = "embedded";

    private const string Prefix = "Models/";

    /// <returns>The file, or null when the program has none of that name.</returns>
    public static Stream? Open(string file) => Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + file);

    public static byte[]? Read(string file)
    {
        using var stream = Open(file);
        if (stream is null)
        {
            return null;
        }

        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
