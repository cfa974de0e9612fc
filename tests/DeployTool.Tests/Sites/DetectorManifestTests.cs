using System.Text;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Tests.Sites;

public sealed class DetectorManifestTests
{
    [Fact]
    public void The_image_settings_and_labels_of_a_site_are_read()
    {
        Assert.Null(DetectorManifest.TryParse(File.ReadAllBytes(RealSites.File("qa", SiteFiles.FaceDetector)), out var manifest));

        Assert.True(ImageReference.Parse(manifest.Image!).IsPinned);
        Assert.Equal("qa", manifest.ReadSettings()["Site__Environment"]);
        Assert.Equal("qa", manifest.ReadLabels()["faceedge.dev/environment"]);
    }

    [Fact]
    public void Another_image_changes_the_containers_image_and_what_the_site_reports_alone()
    {
        var bytes = File.ReadAllBytes(RealSites.File("production", SiteFiles.FaceDetector));
        DetectorManifest.TryParse(bytes, out var manifest);

        var edited = Encoding.UTF8.GetString(manifest.WithImage("registry.example.com/faceedge/face-detector:9.9.9").Bytes);

        Assert.Equal(Encoding.UTF8.GetString(bytes).Replace(manifest.Image!, "registry.example.com/faceedge/face-detector:9.9.9", StringComparison.Ordinal), edited);
    }
}
