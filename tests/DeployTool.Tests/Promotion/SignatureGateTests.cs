using FaceEdge.Deploy.Tests.Commands;
using FaceEdge.Deploy.Tests.Oci;

namespace FaceEdge.Deploy.Tests.Promotion;

/// <summary>An environment that takes signed images alone.</summary>
public sealed class SignatureGateTests : IDisposable
{
    private const string Gate = "{signature: {publicKey: keys/release.pub}}";

    private readonly CosignSigner _key = new();

    [Fact]
    public async Task A_signed_image_goes_through_and_the_commit_says_who_signed()
    {
        await using var registry = await LocalRegistry.StartAsync();
        using var sites = await CreateAsync(registry, Gate);
        var digest = await registry.PushGoodAsync("1.0.0");
        await CosignSigner.PushSignaturesAsync(registry, digest, _key.Sign(CosignSigner.Payload(digest)));

        var run = await PromoteAsync(sites, registry);

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains("Gate-Signature: passed; signed with sites/keys/release.pub (SHA256:", await sites.RemoteMessageAsync());
    }

    [Fact]
    public async Task An_unsigned_image_is_refused_unless_the_gates_are_skipped()
    {
        await using var registry = await LocalRegistry.StartAsync();
        using var sites = await CreateAsync(registry, Gate);
        await registry.PushGoodAsync("1.0.0");

        var refused = await PromoteAsync(sites, registry);
        var skipped = await PromoteAsync(sites, registry, "--skip-gates");

        Assert.Equal((1, 0), (refused.Status, skipped.Status));
        Assert.Contains("signature-missing", refused.Output);
        Assert.Contains("Skipped-Gates: signature\n", await sites.RemoteMessageAsync());
    }

    [Fact]
    public async Task The_key_may_stand_in_the_policy_itself()
    {
        await using var registry = await LocalRegistry.StartAsync();
        using var sites = await CreateAsync(registry, $"{{signature: {{publicKey: \"{_key.PublicKey.ReplaceLineEndings("\\n")}\"}}}}");
        var digest = await registry.PushGoodAsync("1.0.0");
        await _key.PushBundleAsync(registry, digest, CosignSigner.Statement(digest));

        Assert.Equal(0, (await PromoteAsync(sites, registry)).Status);
    }

    [Fact]
    public async Task A_key_that_is_not_committed_is_wrong_input()
    {
        await using var registry = await LocalRegistry.StartAsync();
        using var sites = await CreateAsync(registry, "{signature: {publicKey: keys/absent.pub}}");
        await registry.PushGoodAsync("1.0.0");

        var run = await PromoteAsync(sites, registry);

        Assert.Equal(2, run.Status);
        Assert.Contains("sites/keys/absent.pub is not in commit", run.Error);
    }

    [Fact]
    public async Task A_signature_cannot_be_checked_without_asking_the_registry()
    {
        await using var registry = await LocalRegistry.StartAsync();
        using var sites = await CreateAsync(registry, Gate);
        var digest = await registry.PushGoodAsync("1.0.0");

        var run = await sites.RunAsync("promote", "--to", "qa", "--image", $"{registry.Name}:1.0.0@{digest}", "--skip-image-check", "-q");

        Assert.Equal(1, run.Status);
        Assert.Contains("the signature was not checked", run.Output);
    }

    public void Dispose() => _key.Dispose();

    private async Task<SitesRepository> CreateAsync(LocalRegistry registry, string gate)
    {
        var sites = await SitesRepository.CreateAsync(qa: gate, repository: registry.Name);
        sites.Write("sites/keys/release.pub", _key.PublicKey);
        await sites.CommitAsync("Trust a key");
        await sites.GitAsync("push", "--quiet");
        return sites;
    }

    private static Task<Invocation> PromoteAsync(SitesRepository sites, LocalRegistry registry, params string[] more) =>
        sites.RunAsync(["promote", "--to", "qa", "--image", $"{registry.Name}:1.0.0", "-q", .. more]);
}
