using System.Security.Cryptography;

namespace FaceEdge.Deploy.Oci.Signatures;

/// <summary>A public key whose signatures count: ECDSA on P-256 with SHA-256, as <c>cosign generate-key-pair</c> makes.</summary>
public sealed class TrustedKey
{
    private const string Label = "PUBLIC KEY";
    private const string P256 = "1.2.840.10045.3.1.7";
    private const int FingerprintDigits = 16;

    private readonly byte[] _subjectPublicKeyInfo;

    private TrustedKey(byte[] subjectPublicKeyInfo, string source)
    {
        _subjectPublicKeyInfo = subjectPublicKeyInfo;
        Name = $"{source} (SHA256:{Convert.ToHexStringLower(SHA256.HashData(subjectPublicKeyInfo))[..FingerprintDigits]})";
    }

    /// <summary>Where the key was read, and the first digits of its hash.</summary>
    public string Name { get; }

    /// <summary>Reads every key of a PEM text; several may be trusted while one takes over from another.</summary>
    /// <param name="pem">Text with one or more <c>PUBLIC KEY</c> blocks.</param>
    /// <param name="source">Where the text comes from, for messages.</param>
    /// <exception cref="RegistryException">There is no key, or one that is not ECDSA P-256.</exception>
    public static IReadOnlyList<TrustedKey> ReadAll(string pem, string source)
    {
        var keys = new List<TrustedKey>();
        ReadOnlySpan<char> rest = pem;
        while (PemEncoding.TryFind(rest, out var fields))
        {
            var label = rest[fields.Label].ToString();
            if (label != Label)
            {
                throw Unusable(source, $"holds a {label}, not a {Label}");
            }

            keys.Add(new TrustedKey(Check(Convert.FromBase64String(rest[fields.Base64Data].ToString()), source), source));
            rest = rest[fields.Location.End..];
        }

        return keys.Count > 0 ? keys : throw Unusable(source, $"holds no PEM block {Label}");
    }

    /// <summary>Whether <paramref name="signature"/> (ASN.1 DER) is this key's on <paramref name="message"/>.</summary>
    public bool HasSigned(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(_subjectPublicKeyInfo, out _);
        try
        {
            return key.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static byte[] Check(byte[] subjectPublicKeyInfo, string source)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
        }
        catch (CryptographicException exception)
        {
            throw Unusable(source, "holds a key that is not ECDSA", exception);
        }

        return key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256
            ? subjectPublicKeyInfo
            : throw Unusable(source, "holds a key that is not on the curve P-256");
    }

    private static RegistryException Unusable(string source, string why, Exception? inner = null) =>
        RegistryException.Unusable($"{source} {why}", "give the cosign.pub of cosign generate-key-pair", inner);
}
