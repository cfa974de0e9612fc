using System.Buffers;
using System.Security.Cryptography;

namespace FaceEdge.Deploy.Oci;

/// <summary>
/// A content digest, <c>algorithm:hex</c>, as the OCI image specification registers them ("descriptor.md#digests"): sha256 or sha512,
/// lower-case hex.
/// </summary>
public readonly record struct Digest
{
    private const string Sha256Prefix = "sha256:";
    private const string Sha512Prefix = "sha512:";

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    private readonly string _text;

    private Digest(string text) => _text = text;

    /// <summary>The part after the colon.</summary>
    public string Hex => _text[(_text.IndexOf(':', StringComparison.Ordinal) + 1)..];

    public string Algorithm => _text[.._text.IndexOf(':', StringComparison.Ordinal)];

    /// <summary>The first twelve hex digits, enough for people to tell images apart.</summary>
    public string Abbreviated => Hex[..12];

    /// <summary>Reads <paramref name="text"/>; false when it is not a registered digest in canonical form.</summary>
    public static bool TryParse(string? text, out Digest digest)
    {
        digest = default;
        var hexLength = text switch
        {
            null => 0,
            _ when text.StartsWith(Sha256Prefix, StringComparison.Ordinal) => SHA256.HashSizeInBytes * 2,
            _ when text.StartsWith(Sha512Prefix, StringComparison.Ordinal) => SHA512.HashSizeInBytes * 2,
            _ => 0,
        };
        if (hexLength == 0 || text!.Length != Sha256Prefix.Length + hexLength
            || text.AsSpan(Sha256Prefix.Length).ContainsAnyExcept(LowerHex))
        {
            return false;
        }

        digest = new Digest(text);
        return true;
    }

    /// <summary>The SHA-256 digest of <paramref name="content"/>.</summary>
    public static Digest Sha256(ReadOnlySpan<byte> content) => new(Sha256Prefix + Convert.ToHexStringLower(SHA256.HashData(content)));

    /// <summary>Whether this is the digest of <paramref name="content"/>.</summary>
    public bool Matches(ReadOnlySpan<byte> content) =>
        Algorithm == "sha512"
            ? Hex == Convert.ToHexStringLower(SHA512.HashData(content))
            : Hex == Convert.ToHexStringLower(SHA256.HashData(content));

    public override string ToString() => _text;
}
