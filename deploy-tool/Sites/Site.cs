namespace FaceEdge.Deploy.Sites;

/// <summary>One site: a folder that the site's host pulls.</summary>
/// <param name="Environment">Name of the environment that the site belongs to.</param>
/// <param name="Name">The environment's name where it is one site, otherwise the folder's name below it.</param>
/// <param name="Directory">Full path of the folder.</param>
/// <param name="RelativePath">Path of the folder from the sites folder, with forward slashes.</param>
internal sealed record Site(string Environment, string Name, string Directory, string RelativePath)
{
    /// <summary>Full path of the manifest that holds the face-detector Deployment.</summary>
    public string DetectorManifestPath => Path.Combine(Directory, SiteFiles.FaceDetector);
}
