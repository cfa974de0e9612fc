using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites;

/// <summary>One site's face-detector.yaml at a commit.</summary>
/// <param name="Name">Name of the site.</param>
/// <param name="Path">From the top of the repository.</param>
/// <param name="Bytes">As committed.</param>
/// <param name="Manifest">Parsed.</param>
internal sealed record SiteManifest(string Name, string Path, byte[] Bytes, DetectorManifest Manifest)
{
    /// <summary>The image that the site is asked to run, as written; <c>none</c> when the manifest names none.</summary>
    public string ImageText { get; } = Manifest.Image ?? "none";

    /// <summary>The same, read; null when it is not a reference.</summary>
    public ImageReference? Image => ImageReference.TryParse(ImageText, out var image) ? image : null;

    /// <summary>The change that gives the site another image; null when it has it already.</summary>
    /// <exception cref="SitesException">The manifest cannot be edited.</exception>
    public FileChange? WithImage(ImageReference image)
    {
        var edit = Manifest.WithImage(image.ToString());
        return edit switch
        {
            { Outcome: ScalarEditOutcome.Unchanged } => null,
            { Succeeded: true } => new FileChange(Path, edit.Bytes),
            _ => throw new SitesException($"{Path}:{edit.Position.Line}:{edit.Position.Column}: {edit.Message}", "fix the manifest and commit it"),
        };
    }
}

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
