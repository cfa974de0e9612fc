using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.Tests.Oci;

public sealed class ImageReferenceTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("registry.example.com/faceedge/face-detector", "registry.example.com", "faceedge/face-detector", null, null)]
    [InlineData("registry.example.com/face-detector:1.0.0", "registry.example.com", "face-detector", "1.0.0", null)]
    [InlineData("localhost:5000/a/b/c:v1@" + Digest, "localhost:5000", "a/b/c", "v1", Digest)]
    [InlineData("127.0.0.1:5000/a@" + Digest, "127.0.0.1:5000", "a", null, Digest)]
    [InlineData("registry:5000/a:1", "registry:5000", "a", "1", null)]
    public void A_reference_is_read_into_its_parts_and_printed_back(string text, string registry, string repository, string? tag, string? digest)
    {
        var reference = ImageReference.Parse(text);

        Assert.Equal(new ImageReference(registry, repository, tag, digest), reference);
        Assert.Equal(text, reference.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("face-detector:1.0.0")]
    [InlineData("library/nginx")]
    [InlineData("registry.example.com/Upper:1")]
    [InlineData("registry.example.com/a:")]
    [InlineData("registry.example.com/a@sha256:12")]
    [InlineData("registry.example.com/a:1 ")]
    [InlineData("https://registry.example.com/a:1")]
    [InlineData("registry.example.com/a:1\n")]
    public void What_is_not_a_full_reference_is_refused(string text) =>
        Assert.Contains("is not an image reference", Assert.Throws<FormatException>(() => ImageReference.Parse(text)).Message, StringComparison.Ordinal);
}
