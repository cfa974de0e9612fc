using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Oci.Signatures;
using FaceEdge.Deploy.Tests.Commands;

namespace FaceEdge.Deploy.Tests.Oci;

/// <summary>Signatures in a real registry, made as cosign makes them, and what <c>verify-image --key</c> says of them.</summary>
public sealed class SignatureTests : IDisposable
{
    private const string Version = "1.0.0";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("keys-");
    private readonly CosignSigner _ours = new();
    private readonly CosignSigner _theirs = new();

    [Fact]
    public async Task A_signature_of_the_trusted_key_is_proved()
    {
        await using var registry = await LocalRegistry.StartAsync();
        var digest = await registry.PushGoodAsync(Version);
        await CosignSigner.PushSignaturesAsync(registry, digest, _ours.Sign(CosignSigner.Payload(digest)));

        var (outcome, proof) = await VerifyAsync(registry, _ours);

        Assert.Equal("0", outcome);
        Assert.Contains("ours.pub (SHA256:", proof.GetProperty("signedBy").GetString());
    }

    [Fact]
    public async Task A_bundle_of_the_trusted_key_is_proved()
    {
        await using var registry = await LocalRegistry.StartAsync();
        var digest = await registry.PushGoodAsync(Version);
        await _ours.PushBundleAsync(registry, digest, CosignSigner.Statement(digest));

        Assert.Equal("0", (await VerifyAsync(registry, _ours)).Outcome);
    }

    [Fact]
    public async Task One_good_signature_among_others_is_enough()
    {
        await using var registry = await LocalRegistry.StartAsync();
        var digest = await registry.PushGoodAsync(Version);
        await CosignSigner.PushSignaturesAsync(
            registry,
            digest,
            _theirs.Sign(CosignSigner.Payload(digest)),
            _ours.Sign(CosignSigner.Payload("sha256:" + new string('0', 64))),
            _ours.Sign(CosignSigner.Payload(digest)));

        Assert.Equal("0", (await VerifyAsync(registry, _ours)).Outcome);
    }

    [Fact]
    public async Task An_image_without_signatures_is_refused()
    {
        await using var registry = await LocalRegistry.StartAsync();
        await registry.PushGoodAsync(Version);

        Assert.Equal("1 signature-missing", (await VerifyAsync(registry, _ours)).Outcome);
    }

    [Fact]
    public async Task A_signature_of_another_key_is_refused()
    {
        await using var registry = await LocalRegistry.StartAsync();
        var digest = await registry.PushGoodAsync(Version);
        await CosignSigner.PushSignaturesAsync(registry, digest, _theirs.Sign(CosignSigner.Payload(digest)));
        await _theirs.PushBundleAsync(registry, digest, CosignSigner.Statement(digest));

        var (outcome, proof) = await VerifyAsync(registry, _ours);

        Assert.Equal("1 signature-untrusted", outcome);
        Assert.StartsWith(
            $"none of 2 signatures on {registry.Name}@{digest} is by ",
            proof.GetProperty("problems")[0].GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_signature_that_was_copied_from_another_image_is_refused()
    {
        await using var registry = await LocalRegistry.StartAsync();
        var other = await registry.PushGoodAsync("0.9.0");
        var digest = await registry.PushGoodAsync(Version);
        await CosignSigner.PushSignaturesAsync(registry, digest, _ours.Sign(CosignSigner.Payload(other)));

        var (outcome, proof) = await VerifyAsync(registry, _ours);

        Assert.Equal("1 signature-mismatch", outcome);
        Assert.EndsWith($"signed is {other}, not {digest}", proof.GetProperty("problems")[0].GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_bundle_about_another_image_is_refused()
    {
        await using var registry = await LocalRegistry.StartAsync();
        var digest = await registry.PushGoodAsync(Version);
        await _ours.PushBundleAsync(registry, digest, CosignSigner.Statement("sha256:" + new string('0', 64)));

        Assert.Equal("1 signature-mismatch", (await VerifyAsync(registry, _ours)).Outcome);
    }

    [Fact]
    public async Task A_payload_that_was_changed_after_signing_is_refused()
    {
        await using var registry = await LocalRegistry.StartAsync();
        var digest = await registry.PushGoodAsync(Version);
        await CosignSigner.PushSignaturesAsync(
            registry, digest, _ours.Sign(CosignSigner.Payload(digest), signed: CosignSigner.Payload("sha256:" + new string('0', 64))));

        Assert.Equal("1 signature-untrusted", (await VerifyAsync(registry, _ours)).Outcome);
    }

    [Theory]
    [InlineData("atomic container signature")]
    [InlineData("")]
    public async Task A_signed_statement_of_another_kind_is_refused(string type)
    {
        await using var registry = await LocalRegistry.StartAsync();
        var digest = await registry.PushGoodAsync(Version);
        await CosignSigner.PushSignaturesAsync(registry, digest, _ours.Sign(CosignSigner.Payload(digest, type)));

        Assert.Equal("1 signature-type", (await VerifyAsync(registry, _ours)).Outcome);
    }

    [Fact]
    public async Task A_signed_attestation_is_no_signature_of_the_image()
    {
        await using var registry = await LocalRegistry.StartAsync();
        var digest = await registry.PushGoodAsync(Version);
        await _ours.PushBundleAsync(registry, digest, CosignSigner.Statement(digest, "https://slsa.dev/provenance/v1"));

        Assert.Equal("1 signature-type", (await VerifyAsync(registry, _ours)).Outcome);
    }

    [Fact]
    public async Task A_signed_message_that_is_no_json_is_refused()
    {
        await using var registry = await LocalRegistry.StartAsync();
        var digest = await registry.PushGoodAsync(Version);
        await CosignSigner.PushSignaturesAsync(registry, digest, _ours.Sign("not json"u8.ToArray()));

        Assert.Equal("1 signature-type", (await VerifyAsync(registry, _ours)).Outcome);
    }

    [Fact]
    public void A_key_that_openssl_made_verifies_what_openssl_signed()
    {
        // openssl ecparam -name prime256v1 -genkey; openssl dgst -sha256 -sign: the tools of another maker than the tests' own.
        const string Key = """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEwb3nMPM2vFVcnn3pMiEHChECqa0u
            VPhmMu0YFfBEa6c6k6JLotCRfIV/HQviychkfodxUbo9RHmVej4WmSarPw==
            -----END PUBLIC KEY-----
            """;
        const string Signature = "MEQCIFQP54/WBxuqFkT+edLdnyTWUNhiyg/rKBWDJ9304hFGAiAmrQD1yaaDZ0s+VDXVRLovzwA9yX9AOqmexPyAPhBe3A==";

        var key = Assert.Single(TrustedKey.ReadAll(Key, "cosign.pub"));

        Assert.True(key.HasSigned("face-detector"u8, Convert.FromBase64String(Signature)));
        Assert.False(key.HasSigned("face-detectors"u8, Convert.FromBase64String(Signature)));
        Assert.False(key.HasSigned("face-detector"u8, [0x30, 0x80]));
        Assert.False(key.HasSigned("face-detector"u8, []));
    }

    [Fact]
    public void Several_keys_in_one_file_are_all_trusted() =>
        Assert.Equal(2, TrustedKey.ReadAll(_ours.PublicKey + _theirs.PublicKey, "keys.pub").Count);

    [Fact]
    public void A_file_that_holds_no_such_key_is_wrong_input()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        (string Pem, string Why)[] files =
        [
            ("", "cosign.pub holds no PEM block PUBLIC KEY"),
            (p384.ExportSubjectPublicKeyInfoPem(), "cosign.pub holds a key that is not on the curve P-256"),
            (rsa.ExportSubjectPublicKeyInfoPem(), "cosign.pub holds a key that is not ECDSA"),
            (own.ExportPkcs8PrivateKeyPem(), "cosign.pub holds a PRIVATE KEY, not a PUBLIC KEY"),
        ];

        Assert.All(files, file =>
        {
            var error = Assert.Throws<RegistryException>(() => TrustedKey.ReadAll(file.Pem, "cosign.pub"));
            Assert.Equal((false, file.Why), (error.IsUnavailable, error.Message));
        });
    }

    [Fact]
    public void What_a_bundle_signs_is_encoded_as_dsse_writes_it() => Assert.Equal(
        "DSSEv1 29 http://example.com/HelloWorld 11 hello world",
        Encoding.UTF8.GetString(SigstoreBundle.PreAuthenticationEncoding("http://example.com/HelloWorld", "hello world"u8.ToArray())));

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("nonsense")]
    [InlineData("""{"dsseEnvelope":{"payload":"!","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":"AA=="}]}}""")]
    [InlineData("""{"dsseEnvelope":{"payload":"AA==","payloadType":"application/vnd.in-toto+json","signatures":{"sig":"AA=="}}}""")]
    public void A_bundle_that_is_none_holds_no_signatures(string bundle) => Assert.Empty(SigstoreBundle.Read(Encoding.UTF8.GetBytes(bundle)));

    public void Dispose()
    {
        _ours.Dispose();
        _theirs.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>The exit code and the rules that say no, and the proof.</summary>
    private async Task<(string Outcome, JsonElement Proof)> VerifyAsync(LocalRegistry registry, CosignSigner trusted)
    {
        var file = Path.Combine(_folder.FullName, "ours.pub");
        await File.WriteAllTextAsync(file, trusted.PublicKey);
        var run = await Invocation.RunAsync("verify-image", $"{registry.Name}:{Version}", "--key", file, "-o", "json", "-q");
        Assert.Equal("", run.Error);
        var proof = JsonDocument.Parse(run.Output).RootElement.GetProperty("proof");
        var rules = proof.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("rule").GetString());
        return (string.Join(' ', [$"{run.Status}", .. rules]), proof);
    }
}
