namespace FaceEdge.Imaging;

/// <summary>The file endings of a folder's pictures. What is in a file is told by its bytes; this only chooses which files to look at.</summary>
internal static class PictureNames
{
    /// <summary>JPEG under all its names, PNG and WebP.</summary>
    private static readonly string[] Readable = [".jpg", ".jpeg", ".jpe", ".jfif", ".jif", ".pjpeg", ".pjp", ".png", ".webp"];

    /// <summary>Pictures in formats that are not read here.</summary>
    private static readonly string[] Other = [".bmp", ".dib", ".gif", ".tif", ".tiff", ".heic", ".heif", ".avif", ".jp2", ".jxl"];

    /// <summary>Whether the name is that of a JPEG, PNG or WebP file.</summary>
    public static bool IsReadable(string path) => Readable.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the name is that of a picture in any format: one that is not read is to be reported, not left out.</summary>
    public static bool IsPicture(string path) => IsReadable(path) || Other.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
