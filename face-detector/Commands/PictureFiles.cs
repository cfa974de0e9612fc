using FaceEdge.Imaging;

namespace FaceEdge.Commands;

/// <summary>The pictures that a command's paths name: files as they are, folders with all pictures below them.</summary>
internal sealed class PictureFiles
{
    private readonly List<PictureFile> _pictures = [];
    private readonly List<string> _faults = [];

    private PictureFiles()
    {
    }

    /// <summary>In the order given, each folder's in the order of their paths.</summary>
    public IReadOnlyList<PictureFile> Pictures => _pictures;

    /// <summary>One line for each folder that cannot be looked into.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Looks for pictures.</summary>
    /// <param name="paths">Files or folders; what does not exist is kept as a file, to be reported when it is read.</param>
    public static PictureFiles Find(IReadOnlyList<string> paths)
    {
        var files = new PictureFiles();
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                var found = new List<string>();
                files.Walk(path, found);
                found.Sort(StringComparer.Ordinal);
                files._pictures.AddRange(found.Select(file => new PictureFile(file, Path.GetRelativePath(path, file))));
            }
            else
            {
                files._pictures.Add(new PictureFile(path, Path.GetFileName(path)));
            }
        }

        return files;
    }

    /// <summary>
    /// Each folder once, whatever links lead to it: a link to a parent would lead there for ever. Links are followed last, so that what lies in the
    /// tree itself is named by its own path.
    /// </summary>
    private void Walk(string root, List<string> found)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var folders = new Stack<string>([root]);
        var links = new Queue<string>();
        while (folders.TryPop(out var folder) || links.TryDequeue(out folder))
        {
            try
            {
                if (!seen.Add(RealPath(folder)))
                {
                    continue;
                }

                foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", new EnumerationOptions { IgnoreInaccessible = false }))
                {
                    var path = Path.Join(folder, entry.Name);
                    if (entry is not DirectoryInfo)
                    {
                        if (PictureNames.IsPicture(path))
                        {
                            found.Add(path);
                        }
                    }
                    else if (entry.LinkTarget is not null)
                    {
                        links.Enqueue(path);
                    }
                    else
                    {
                        folders.Push(path);
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                _faults.Add($"{folder}: {PictureFileReader.WhyNot(folder, exception)}");
            }
        }
    }

    /// <summary>The path without any link in it.</summary>
    private static string RealPath(string path)
    {
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return path;
        }

        var whole = Path.Join(RealPath(parent), Path.GetFileName(path));
        return new DirectoryInfo(whole).ResolveLinkTarget(returnFinalTarget: true) is { } target ? RealPath(target.FullName) : whole;
    }
}
