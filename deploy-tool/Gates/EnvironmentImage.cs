using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Gates;

/// <summary>Finds the image that an environment's sites run now, as far as their manifests say.</summary>
internal static class EnvironmentImage
{
    /// <summary>The image that most sites have: in the midst of a rollout it is the one that still carries the load.</summary>
    /// <exception cref="DeployException">There is no such environment, or no site of it names an image; exit code 2.</exception>
    public static ImageReference Find(SiteTree tree, string environment)
    {
        var images = tree.Sites(new SiteEnvironment(environment, GatePolicy.None)).Select(Image).OfType<ImageReference>();
        var most = images.GroupBy(image => image).OrderByDescending(group => group.Count()).ThenBy(group => group.Key.ToString(), StringComparer.Ordinal);
        return most.FirstOrDefault()?.Key
            ?? throw DeployException.BadInput(
                $"no manifest below {Path.Combine(tree.Root, environment)} names an image", "name an environment of sites/, or compare with --base REV");
    }

    private static ImageReference? Image(Site site)
    {
        var fault = DetectorManifest.TryParse(File.ReadAllBytes(site.DetectorManifestPath), out var manifest);
        return fault is null && ImageReference.TryParse(manifest.Image, out var image) ? image : null;
    }
}
