namespace FaceEdge.Contracts;

/// <summary>
/// Writes a file as a whole or not at all: beside its place, flushed to the disk, then renamed over what was there. A full disk or a
/// killed process leaves the old file as it was.
/// </summary>
public static class AtomicFile
{
    /// <param name="path">Replaced if it exists; its folder must exist. A link stays one, and what it points to is replaced.</param>
    /// <param name="content">All of the file.</param>
    /// <exception cref="IOException">It cannot be written; nothing changed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written; nothing changed.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var target = new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        if (Path.GetDirectoryName(Path.GetFullPath(target)) is { } folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder {folder}.");
        }

        if (Directory.Exists(target))
        {
            throw new IOException($"{Path.GetFullPath(target)} is a folder.");
        }

        var beside = $"{target}.{Environment.ProcessId}-{Guid.NewGuid():N}.part";
        try
        {
            using (var file = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, target, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }
}
