using System.Security.Cryptography;

namespace FaceEdge.Fuzz.Mutation;

/// <summary>Inputs that a run found: one file each, in a folder for each target.</summary>
internal static class CorpusFolder
{
    /// <summary>All inputs of a target in the order of their names; none where there is no folder.</summary>
    public static IEnumerable<byte[]> Read(string root, string target) => Directory.Exists(Path.Combine(root, target))
        ? Directory.EnumerateFiles(Path.Combine(root, target)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)
        : [];

    /// <summary>Writes an input under the first letters of its SHA-256.</summary>
    public static string Write(string root, string target, byte[] input)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, target)).FullName;
        var path = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(input))[..12]);
        File.WriteAllBytes(path, input);
        return path;
    }
}
