using System.Text;
using CsCheck;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Sites.Rules;

namespace FaceEdge.Deploy.Tests.Sites.Validation;

/// <summary>What validate accepts, promote and rollback can edit; both ask the same code.</summary>
public sealed class PromotionCanEditTests
{
    private const string Detector = "qa/face-detector.yaml";
    private const string NewImage = "registry.example.com/faceedge/face-detector:9.9.9@sha256:9999999999999999999999999999999999999999999999999999999999999999";

    /// <summary>Ways to write an image, the variable that repeats it, and what promotion makes of them; null where it cannot.</summary>
    private static readonly (string Image, string Reported, string? NewImage, string? NewReported)[] Shapes =
    [
        ("IMAGE", "IMAGE", "NEW", "NEW"),
        ("'IMAGE' # moved by promote", "\"IMAGE\"", "'NEW' # moved by promote", "\"NEW\""),
        ("&image IMAGE", "*image", "&image NEW", "*image"),
        ("&image !!str IMAGE", "*image   # the same", "&image !!str NEW", "*image   # the same"),
        (">-\n            IMAGE", "|-\n                IMAGE", ">-\n            NEW", "|-\n                NEW"),
        ("&image |-\n            IMAGE\n", "*image", "&image |-\n            NEW\n", "*image"),
        ("|\n            IMAGE", "IMAGE", null, null),
        ("!image IMAGE", "IMAGE", null, null),
        ("*elsewhere", "IMAGE", null, null),
        ("*elsewhere", "*elsewhere", null, null),
        ("{ref: IMAGE}", "IMAGE", null, null),
    ];

    [Fact]
    public void What_validate_accepts_promotion_edits_and_nothing_else()
    {
        var original = Encoding.UTF8.GetString(ReadDetector());
        var image = CurrentImage(original);
        foreach (var shape in Shapes)
        {
            var text = Write(original, image, shape.Image, shape.Reported, image);
            var findings = Findings(text);
            Assert.Null(DetectorManifest.TryParse(Encoding.UTF8.GetBytes(text), out var manifest));
            var edited = manifest.WithImage(NewImage);

            Assert.Equal(shape.NewImage is not null, edited.Succeeded);
            Assert.Equal(edited.Succeeded, !findings.Contains("FE3016"));
            if (shape.NewImage is not null)
            {
                Assert.Equal(Write(original, image, shape.NewImage, shape.NewReported!, NewImage), Encoding.UTF8.GetString(edited.Bytes));
            }
        }
    }

    [Theory]
    [InlineData("            - name: Site__Image\n", "            - {name: Site__Image, value: other}\n            - name: Site__Image\n", "more than one node at '[name=Site__Image]'")]
    [InlineData("kind: Deployment\n", "kind: Deployment\n<<: {}\n", null)]
    [InlineData("      containers:\n", "      containers: &containers\n", null)]
    [InlineData("          image: ", "          <<: {image: x}\n          imagePullSecret: ", "nothing at 'image' itself")]
    public void What_promotion_cannot_edit_is_found_with_its_reason(string text, string replacement, string? reason)
    {
        using var folder = new SiteFolder();
        folder.Replace(Detector, text, replacement);

        var found = SiteValidator.Run(folder.Tree, ["qa"]).Findings.Where(one => one.Rule == "FE3016").Select(one => one.Message).ToList();

        Assert.Equal(reason is null ? 0 : 1, found.Count);
        Assert.All(found, message => Assert.Contains(reason!, message, StringComparison.Ordinal));
    }

    /// <summary>Any damage to a manifest: where validation finds no error, promotion sets the image and the result is as valid.</summary>
    [Fact]
    public void A_damaged_manifest_without_errors_can_be_promoted_and_rolled_back()
    {
        var bytes = ReadDetector();
        using var folder = new SiteFolder();
        var clean = 0;
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Int[0, 2], YamlEdit.ScalarEditFuzz.Fragment).Sample(
            (at, deleted, inserted) =>
            {
                byte[] damaged = [.. bytes[..at], .. Encoding.UTF8.GetBytes(inserted), .. bytes[Math.Min(bytes.Length, at + deleted)..]];
                File.WriteAllBytes(folder.PathOf(Detector), damaged);
                if (SiteValidator.Run(folder.Tree, ["qa"]).Errors > 0)
                {
                    return;
                }

                clean++;
                Assert.Null(DetectorManifest.TryParse(damaged, out var manifest));
                var promoted = manifest.WithImage(NewImage);
                Assert.True(promoted.Succeeded, promoted.Message);
                Assert.Null(DetectorManifest.TryParse(promoted.Bytes, out var after));
                var back = after.WithImage(manifest.Image!);
                Assert.True(back.Succeeded, back.Message);
            },
            iter: 300,
            threads: 1);
        Assert.True(clean > 0);
    }

    private static HashSet<string> Findings(string detector)
    {
        using var folder = new SiteFolder();
        File.WriteAllText(folder.PathOf(Detector), detector);
        return [.. SiteValidator.Run(folder.Tree, ["qa"]).Findings.Select(one => one.Rule)];
    }

    private static byte[] ReadDetector()
    {
        using var folder = new SiteFolder();
        return File.ReadAllBytes(folder.PathOf(Detector));
    }

    private static string CurrentImage(string text)
    {
        Assert.Null(DetectorManifest.TryParse(Encoding.UTF8.GetBytes(text), out var manifest));
        return manifest.Image!;
    }

    /// <summary>The manifest with its image and the variable written in a shape; an annotation holds what an alias may point at.</summary>
    private static string Write(string original, string current, string image, string reported, string value) => original
        .Replace($"          image: {current}", $"          image: {image.Replace("IMAGE", value, StringComparison.Ordinal).Replace("NEW", value, StringComparison.Ordinal)}", StringComparison.Ordinal)
        .Replace($"              value: {current}", $"              value: {reported.Replace("IMAGE", value, StringComparison.Ordinal).Replace("NEW", value, StringComparison.Ordinal)}", StringComparison.Ordinal)
        .Replace("        prometheus.io/path: /metrics", $"        prometheus.io/path: /metrics\n        example.com/image: &elsewhere {current}", StringComparison.Ordinal);
}
