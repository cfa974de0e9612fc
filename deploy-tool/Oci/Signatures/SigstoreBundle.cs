using System.Globalization;
using System.Text;

namespace FaceEdge.Deploy.Oci.Signatures;

/// <summary>
/// cosign's newer form (github.com/sigstore/cosign, specs/BUNDLE_SPEC.md): a bundle that refers to the image, with an in-toto statement
/// in a DSSE envelope. Its certificates and log entries are left alone: keys are trusted here, not identities.
/// </summary>
internal static class SigstoreBundle
{
    public const string MediaTypePrefix = "application/vnd.dev.sigstore.bundle";
    public const string PayloadType = "application/vnd.in-toto+json";
    public const string PredicateType = "https://sigstore.dev/cosign/sign/v1";

    private const string StatementPrefix = "https://in-toto.io/Statement/";

    /// <summary>The signatures of a bundle; empty when it holds none of this kind.</summary>
    public static IEnumerable<ImageSignature> Read(byte[] bundle)
    {
        using var document = SignedJson.Parse(bundle);
        if (SignedJson.Member(document?.RootElement, "dsseEnvelope") is not { } envelope
            || JsonText.Of(envelope, "payloadType") != PayloadType
            || SignedJson.Base64(JsonText.Of(envelope, "payload")) is not { } payload)
        {
            return [];
        }

        var message = PreAuthenticationEncoding(PayloadType, payload);
        return
        [
            .. SignedJson.Items(envelope, "signatures")
                .Select(one => SignedJson.Base64(JsonText.Of(one, "sig")))
                .OfType<byte[]>()
                .Select(signature => new ImageSignature(message, signature, () => ReadStatement(payload))),
        ];
    }

    /// <summary>What an envelope's signature is on (github.com/secure-systems-lab/dsse, protocol.md).</summary>
    public static byte[] PreAuthenticationEncoding(string type, byte[] payload) =>
    [
        .. Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"DSSEv1 {Encoding.UTF8.GetByteCount(type)} {type} {payload.Length} ")),
        .. payload,
    ];

    private static SignatureClaim ReadStatement(byte[] payload)
    {
        using var document = SignedJson.Parse(payload);
        if (document?.RootElement is not { } root || JsonText.Of(root, "_type")?.StartsWith(StatementPrefix, StringComparison.Ordinal) != true)
        {
            return new SignatureClaim(null, false, []);
        }

        var type = JsonText.Of(root, "predicateType");
        var digests = SignedJson.Items(root, "subject")
            .Select(subject => SignedJson.Member(subject, "digest") is { } digest ? JsonText.Of(digest, "sha256") : null)
            .OfType<string>()
            .Select(hex => "sha256:" + hex)
            .ToList();
        return new SignatureClaim(type, type == PredicateType, digests);
    }
}
