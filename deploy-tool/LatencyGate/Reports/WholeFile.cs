namespace FaceEdge.Deploy.LatencyGate.Reports;

/// <summary>
/// Writes a file as a whole or not at all: beside its place, flushed to the disk, then renamed over what was there. A full disk or a
/// killed process leaves the old file as it was.
/// </summary>
public static class WholeFile
{
    /// <param name="path">Replaced if it exists; its folder must exist.</param>
    /// <param name="content">All of the file.</param>
    /// <exception cref="IOException">It cannot be written; nothing changed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written; nothing changed.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var beside = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            using (var file = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }
}
