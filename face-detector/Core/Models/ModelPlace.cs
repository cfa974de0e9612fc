namespace FaceEdge.Models;

/// <summary>One copy of a model on this machine.</summary>
/// <param name="Kind">"embedded", "cache", "mirror" or "file".</param>
/// <param name="Source">For messages: which copy.</param>
/// <param name="Read">Reads all of it.</param>
internal sealed record ModelPlace(string Kind, string Source, Func<byte[]> Read)
{
    public static ModelPlace OfFile(string kind, string path) => new(kind, path, () => File.ReadAllBytes(path));
}
