using System.Text.Json;
using FaceEdge.Deploy.Tests.Commands;

namespace FaceEdge.Deploy.Tests.Oci;

/// <summary>Images in a real registry, and what <c>verify-image</c> says of them.</summary>
public sealed class VerifyImageTests
{
    private const string Revision = "0123456789abcdef0123456789abcdef01234567";

    [Fact]
    public async Task An_index_with_both_architectures_is_proved_and_pinned()
    {
        await using var registry = await LocalRegistry.StartAsync();
        var digest = await registry.PushGoodAsync("1.0.0", Revision);

        var (status, proof) = await VerifyAsync($"{registry.Name}:1.0.0");

        Assert.Equal(0, status);
        Assert.Equal($"{registry.Name}:1.0.0@{digest}", proof.GetProperty("pinned").GetString());
        Assert.Equal(["linux/amd64", "linux/arm64"], Platforms(proof));
        Assert.Equal(Revision, proof.GetProperty("revision").GetString());
    }

    [Fact]
    public async Task Arm64_with_variant_v8_is_arm64()
    {
        await using var registry = await LocalRegistry.StartAsync();
        await registry.PushIndexAsync("1.0.0", await registry.PushImageAsync("linux", "amd64"), await registry.PushImageAsync("linux", "arm64", "v8"));

        Assert.Equal("0", await RulesAsync($"{registry.Name}:1.0.0"));
    }

    [Fact]
    public async Task Two_rows_of_one_platform_are_refused()
    {
        await using var registry = await LocalRegistry.StartAsync();
        await registry.PushIndexAsync(
            "1.0.0",
            await registry.PushImageAsync("linux", "amd64"),
            await registry.PushImageAsync("linux", "arm64"),
            await registry.PushImageAsync("linux", "arm64", "v8"));

        Assert.Equal("1 platform-ambiguous", await RulesAsync($"{registry.Name}:1.0.0"));
    }

    [Fact]
    public async Task Attestation_rows_are_not_images()
    {
        await using var registry = await LocalRegistry.StartAsync();
        var amd64 = await registry.PushImageAsync("linux", "amd64");
        var arm64 = await registry.PushImageAsync("linux", "arm64");
        var attestation = (await registry.PushImageAsync("unknown", "unknown"))[..^1]
            + ""","annotations":{"vnd.docker.reference.type":"attestation-manifest"}}""";
        await registry.PushIndexAsync("1.0.0", amd64, arm64, attestation, attestation);

        var (status, proof) = await VerifyAsync($"{registry.Name}:1.0.0");

        Assert.Equal(0, status);
        Assert.Equal(2, proof.GetProperty("attestationRows").GetInt32());
        Assert.Equal(["linux/amd64", "linux/arm64"], Platforms(proof));
    }

    [Fact]
    public async Task A_single_architecture_image_is_refused()
    {
        await using var registry = await LocalRegistry.StartAsync();
        await registry.PushImageAsync("linux", "amd64", tag: "1.0.0");

        Assert.Equal("1 single-architecture", await RulesAsync($"{registry.Name}:1.0.0"));
    }

    [Fact]
    public async Task An_index_that_lacks_arm64_is_refused()
    {
        await using var registry = await LocalRegistry.StartAsync();
        await registry.PushIndexAsync("1.0.0", await registry.PushImageAsync("linux", "amd64"));

        Assert.Equal("1 platform-missing", await RulesAsync($"{registry.Name}:1.0.0"));
    }

    [Fact]
    public async Task An_index_whose_child_is_gone_is_refused()
    {
        await using var registry = await LocalRegistry.StartAsync();
        var arm64 = await registry.PushImageAsync("linux", "arm64");
        await registry.PushIndexAsync("1.0.0", await registry.PushImageAsync("linux", "amd64"), arm64);
        await registry.DeleteManifestAsync(JsonDocument.Parse(arm64).RootElement.GetProperty("digest").GetString()!);

        Assert.Equal("1 child-missing", await RulesAsync($"{registry.Name}:1.0.0"));
    }

    [Fact]
    public async Task An_unknown_tag_is_refused()
    {
        await using var registry = await LocalRegistry.StartAsync();

        Assert.Equal("1 tag-unknown", await RulesAsync($"{registry.Name}:9.9.9"));
    }

    [Fact]
    public async Task A_tag_that_moved_is_refused()
    {
        await using var registry = await LocalRegistry.StartAsync();
        var before = await registry.PushGoodAsync("1.0.0", Revision);
        await registry.PushGoodAsync("1.0.0", Revision.Replace('0', '9'));

        Assert.Equal("1 tag-moved", await RulesAsync($"{registry.Name}:1.0.0@{before}"));
    }

    [Fact]
    public async Task A_reference_by_digest_alone_is_verified()
    {
        await using var registry = await LocalRegistry.StartAsync();
        var digest = await registry.PushGoodAsync("1.0.0", Revision);

        Assert.Equal("0", await RulesAsync($"{registry.Name}@{digest}"));
    }

    [Fact]
    public async Task A_text_that_is_no_reference_is_wrong_usage()
    {
        Assert.Equal(2, (await Invocation.RunAsync("verify-image", "Face Detector")).Status);
    }

    /// <summary>The exit code and the rules that say no, as <c>1 platform-missing</c>.</summary>
    internal static async Task<string> RulesAsync(string image)
    {
        var (status, proof) = await VerifyAsync(image);
        var rules = proof.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("rule").GetString());
        return string.Join(' ', [$"{status}", .. rules]);
    }

    private static async Task<(int Status, JsonElement Proof)> VerifyAsync(string image)
    {
        var run = await Invocation.RunAsync("verify-image", image, "-o", "json", "-q");
        Assert.Equal("", run.Error);
        return (run.Status, JsonDocument.Parse(run.Output).RootElement.GetProperty("proof"));
    }

    private static IEnumerable<string?> Platforms(JsonElement proof) =>
        proof.GetProperty("platforms").EnumerateArray().Select(platform => platform.GetProperty("platform").GetString());
}
