namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>The files of a sites folder, in the work tree or in a commit. Paths are from the sites folder, with forward slashes.</summary>
internal interface ISiteSource
{
    /// <summary>The files below a folder, at any depth, in ordinal order.</summary>
    IEnumerable<string> List(string folder);

    /// <summary>The bytes of a file; null when there is none. May be called by several threads.</summary>
    byte[]? Read(string path);
}
