using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Promotion;
using FaceEdge.Deploy.Sites;
using static FaceEdge.Deploy.Tests.Promotion.SitesRepository;

namespace FaceEdge.Deploy.Tests.Promotion;

public sealed class FileEditsTests
{
    private static readonly ImageReference Image = ImageReference.Parse(Pinned("1.0.0", '1'));

    [Fact]
    public void An_error_of_the_program_in_an_edit_comes_out_as_it_is() =>
        Assert.Throws<NullReferenceException>(() => FileEdits.Of([Site("a"), null!, Site("b")], Image));

    [Fact]
    public void Of_several_manifests_that_cannot_be_edited_the_first_is_named()
    {
        var exception = Assert.Throws<SitesException>(() => FileEdits.Of([Site("a", "kind: Nothing\n"), Site("b"), Site("c", "kind: Nothing\n")], Image));

        Assert.StartsWith("sites/qa/a/face-detector.yaml:", exception.Message, StringComparison.Ordinal);
    }

    private static SiteManifest Site(string name, string? text = null)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text ?? Manifest(Pinned("0.1.0", '0')));
        Assert.Null(DetectorManifest.TryParse(bytes, out var manifest));
        return new SiteManifest(name, $"sites/qa/{name}/face-detector.yaml", bytes, manifest);
    }
}
