using System.Text;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Sites;
using FaceEdge.TestFleet;

namespace FaceEdge.Deploy.Tests.Sites;

public sealed class DetectorManifestTests
{
    [Fact]
    public void The_image_settings_and_labels_of_a_site_are_read()
    {
        Assert.Null(DetectorManifest.TryParse(Encoding.UTF8.GetBytes(Fleet.Manifest("qa")), out var manifest));

        Assert.True(ImageReference.Parse(manifest.Image!).IsPinned);
        Assert.Equal(Fleet.QaTitle, manifest.ReadSettings()["Page__Title"]);
        Assert.Equal("qa", manifest.ReadLabels()["faceedge.dev/environment"]);
    }

    [Fact]
    public void Another_image_changes_the_containers_image_and_what_the_site_reports_alone()
    {
        var bytes = Encoding.UTF8.GetBytes(Fleet.Manifest("production"));
        DetectorManifest.TryParse(bytes, out var manifest);

        var edited = Encoding.UTF8.GetString(manifest.WithImage("registry.example.com/faceedge/face-detector:9.9.9").Bytes);

        Assert.Equal(Encoding.UTF8.GetString(bytes).Replace(manifest.Image!, "registry.example.com/faceedge/face-detector:9.9.9", StringComparison.Ordinal), edited);
    }
}
