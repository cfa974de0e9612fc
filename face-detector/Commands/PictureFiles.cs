namespace FaceEdge.Commands;

/// <summary>The pictures that a command's paths name: files as they are, folders with all pictures below them.</summary>
internal static class PictureFiles
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".webp"];

    /// <summary>In the order given, each folder's in the order of their paths.</summary>
    /// <param name="paths">Files or folders; what does not exist is kept as a file, to be reported when it is read.</param>
    public static IReadOnlyList<PictureFile> Find(IReadOnlyList<string> paths)
    {
        var pictures = new List<PictureFile>();
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                var found = Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true })
                    .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                    .Order(StringComparer.Ordinal);
                pictures.AddRange(found.Select(file => new PictureFile(file, Path.GetRelativePath(path, file))));
            }
            else
            {
                pictures.Add(new PictureFile(path, Path.GetFileName(path)));
            }
        }

        return pictures;
    }
}
