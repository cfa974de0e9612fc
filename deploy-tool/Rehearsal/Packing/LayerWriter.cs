using System.Formats.Tar;
using System.IO.Compression;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.Rehearsal.Packing;

/// <summary>
/// Packs a folder into a layer: gzipped tar, entries in ordinal order, one time stamp and one owner for all, so that equal content is an
/// equal layer (OCI image specification, layer.md).
/// </summary>
internal static class LayerWriter
{
    public const string MediaType = "application/vnd.oci.image.layer.v1.tar+gzip";

    /// <returns>The layer, and the digest of its uncompressed content, which the configuration lists.</returns>
    public static (byte[] Layer, Digest DiffId) Write(string folder)
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                writer.WriteEntry(EntryOf(folder, path));
            }
        }

        var content = tar.GetBuffer().AsSpan(0, (int)tar.Length);
        using var layer = new MemoryStream();
        using (var gzip = new GZipStream(layer, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return (layer.ToArray(), Digest.Sha256(content));
    }

    private static UstarTarEntry EntryOf(string folder, string path)
    {
        var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
        var info = new FileInfo(path);
        if (info.LinkTarget is { } target)
        {
            return new UstarTarEntry(TarEntryType.SymbolicLink, name) { LinkName = target, ModificationTime = DateTimeOffset.UnixEpoch };
        }

        return Directory.Exists(path)
            ? new UstarTarEntry(TarEntryType.Directory, name + "/") { ModificationTime = DateTimeOffset.UnixEpoch, Mode = Executable }
            : new UstarTarEntry(TarEntryType.RegularFile, name)
            {
                ModificationTime = DateTimeOffset.UnixEpoch,
                Mode = IsExecutable(path) ? Executable : Readable,
                DataStream = new MemoryStream(File.ReadAllBytes(path)),
            };
    }

    /// <summary>Windows keeps no such mark; a publish for Linux is made executable there as a whole.</summary>
    private static bool IsExecutable(string path) => OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & UnixFileMode.UserExecute) != 0;

    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
}
