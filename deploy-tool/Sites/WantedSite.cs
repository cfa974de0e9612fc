using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.Sites;

/// <summary>The image that Git wants one site to run.</summary>
/// <param name="Name">Name of the site.</param>
/// <param name="Path">Of its face-detector.yaml, from the top of the repository.</param>
/// <param name="ImageText">As written; <c>none</c> when the manifest names none.</param>
internal sealed record WantedSite(string Name, string Path, string ImageText)
{
    /// <summary>The same, read; null when it is not a reference.</summary>
    public ImageReference? Image { get; } = ImageReference.TryParse(ImageText, out var image) ? image : null;

    public static WantedSite Of(SiteManifest site) => new(site.Name, site.Path, site.ImageText);
}
