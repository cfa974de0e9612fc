using System.Text.Json;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.SiteCheck;

namespace FaceEdge.Deploy.Tests.SiteCheck;

/// <summary>Which answers of a site mean that it runs an image. The digest comes from the variable Site__Image, which promotion keeps in step.</summary>
public sealed class SiteInfoTests
{
    private static readonly string Ours = "sha256:" + new string('a', 64);
    private static readonly string Other = "sha256:" + new string('b', 64);

    public static TheoryData<string, bool> Answers => new()
    {
        { $$"""{"version":"1.4.0","image":"registry.example.com/faceedge/face-detector:1.4.0@{{Ours}}"}""", true },
        { $$"""{"version":"0.9.0","image":"mirror.example.com/face-detector:x@{{Ours}}"}""", true },
        { $$"""{"version":"1.4.0","image":"registry.example.com/faceedge/face-detector:1.4.0@{{Other}}"}""", false },
        { """{"version":"1.4.0","image":"registry.example.com/faceedge/face-detector:1.4.0"}""", true },
        { """{"version":"1.3.0","image":"registry.example.com/faceedge/face-detector:1.4.0"}""", false },
        { """{"version":"1.4.0"}""", true },
        { """{"version":"1.4.0","image":null}""", true },
        { """{"version":"1.4"}""", false },
        { """{"image":"1.4.0"}""", false },
        { "{}", false },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void A_site_runs_an_image_by_digest_or_where_it_knows_none_by_version(string answer, bool runs)
    {
        var image = ImageReference.Parse($"registry.example.com/faceedge/face-detector:1.4.0@{Ours}");
        using var document = JsonDocument.Parse(answer);

        Assert.Equal(runs, SiteInfo.Read(document.RootElement)!.Runs(image));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"1.4.0\"")]
    [InlineData("null")]
    public void An_answer_that_is_no_object_is_none(string answer)
    {
        using var document = JsonDocument.Parse(answer);

        Assert.Null(SiteInfo.Read(document.RootElement));
    }
}
