using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Oci.Signatures;

namespace FaceEdge.Deploy.Tests.Oci;

/// <summary>Signs images in a registry as <c>cosign sign --key</c> does, in its older and its newer form.</summary>
internal sealed class CosignSigner : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The public key, as cosign.pub.</summary>
    public string PublicKey => _key.ExportSubjectPublicKeyInfoPem() + "\n";

    public static byte[] Payload(string digest, string type = SimpleSigning.PayloadType) => Encoding.UTF8.GetBytes(
        $$$"""{"critical":{"identity":{"docker-reference":"registry.example.com/faceedge/face-detector"},"image":{"docker-manifest-digest":"{{{digest}}}"},"type":"{{{type}}}"},"optional":null}""");

    public static byte[] Statement(string digest, string predicateType = SigstoreBundle.PredicateType) => Encoding.UTF8.GetBytes(
        $$$"""{"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":"{{{digest["sha256:".Length..]}}}"}}],"predicateType":"{{{predicateType}}}","predicate":{}}""");

    /// <summary>A layer for <see cref="PushSignaturesAsync"/>: the payload, and this key's signature on it or on another.</summary>
    public (byte[] Payload, byte[] Signature) Sign(byte[] payload, byte[]? signed = null) => (payload, SignatureOn(signed ?? payload));

    /// <summary>Puts signatures where cosign puts them by tag.</summary>
    public static async Task PushSignaturesAsync(LocalRegistry registry, string digest, params (byte[] Payload, byte[] Signature)[] signatures)
    {
        var layers = new List<string>();
        foreach (var (payload, signature) in signatures)
        {
            await registry.PushBlobAsync(payload);
            layers.Add(
                $$$"""{"mediaType":"{{{SimpleSigning.MediaType}}}","digest":"{{{Digest.Sha256(payload)}}}","size":{{{payload.Length}}},"annotations":{"{{{SimpleSigning.Annotation}}}":"{{{Convert.ToBase64String(signature)}}}"}}""");
        }

        var config = "{}"u8.ToArray();
        await registry.PushBlobAsync(config);
        Assert.True(Digest.TryParse(digest, out var image));
        await registry.PutManifestAsync(SimpleSigning.TagOf(image), MediaTypes.OciManifest, Encoding.UTF8.GetBytes(
            $$$"""{"schemaVersion":2,"mediaType":"{{{MediaTypes.OciManifest}}}","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{{Digest.Sha256(config)}}}","size":2},"layers":[{{{string.Join(",", layers)}}}]}"""));
    }

    /// <summary>Attaches a bundle by the tag that stands in for the referrers API.</summary>
    public async Task PushBundleAsync(LocalRegistry registry, string digest, byte[] statement)
    {
        var signature = SignatureOn(SigstoreBundle.PreAuthenticationEncoding(SigstoreBundle.PayloadType, statement));
        var bundle = Encoding.UTF8.GetBytes(
            $$$"""{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","verificationMaterial":{"publicKey":{"hint":"x"}},"dsseEnvelope":{"payload":"{{{Convert.ToBase64String(statement)}}}","payloadType":"{{{SigstoreBundle.PayloadType}}}","signatures":[{"sig":"{{{Convert.ToBase64String(signature)}}}"}]}}""");
        var empty = "{}"u8.ToArray();
        await registry.PushBlobAsync(bundle);
        await registry.PushBlobAsync(empty);
        var manifest = Encoding.UTF8.GetBytes(
            $$$"""{"schemaVersion":2,"mediaType":"{{{MediaTypes.OciManifest}}}","artifactType":"application/vnd.dev.sigstore.bundle.v0.3+json","config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"{{{Digest.Sha256(empty)}}}","size":2},"layers":[{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","digest":"{{{Digest.Sha256(bundle)}}}","size":{{{bundle.Length}}}}],"subject":{"mediaType":"{{{MediaTypes.OciIndex}}}","digest":"{{{digest}}}","size":1}}""");
        var name = Digest.Sha256(manifest).ToString();
        await registry.PutManifestAsync(name, MediaTypes.OciManifest, manifest);
        await registry.PutManifestAsync(digest.Replace(':', '-'), MediaTypes.OciIndex, Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"schemaVersion":2,"mediaType":"{{{MediaTypes.OciIndex}}}","manifests":[{"mediaType":"{{{MediaTypes.OciManifest}}}","digest":"{{{name}}}","size":{{{manifest.Length}}},"artifactType":"application/vnd.dev.sigstore.bundle.v0.3+json"}]}""")));
    }

    public void Dispose() => _key.Dispose();

    private byte[] SignatureOn(byte[] message) => _key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}
