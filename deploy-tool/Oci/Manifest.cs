namespace FaceEdge.Deploy.Oci;

/// <summary>A manifest as the registry sent it.</summary>
/// <param name="ContentType">The <c>Content-Type</c> header without parameters; empty when there is none.</param>
/// <param name="Content">The raw bytes, over which the digest is taken.</param>
/// <param name="ClaimedDigest">The <c>Docker-Content-Digest</c> header as sent; null when there is none.</param>
public sealed record Manifest(string ContentType, ReadOnlyMemory<byte> Content, string? ClaimedDigest);

/// <summary>The headers alone of a manifest; the length in bytes is null when the registry does not say.</summary>
public sealed record ManifestHead(string ContentType, string? ClaimedDigest, long? Length);
