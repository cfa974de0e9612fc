using FaceEdge.Contracts;

namespace FaceEdge.Deploy.Oci;

/// <summary>What a registry shows about an image.</summary>
/// <param name="Image">The reference that was asked about.</param>
/// <param name="Pinned">The reference with the index digest in it; null when there is no digest to pin.</param>
/// <param name="MediaType">The index's media type; null when the tag is unknown.</param>
/// <param name="Platforms">The platforms of the index with what the registry says of each child.</param>
/// <param name="AttestationRows">Rows that hold provenance or an SBOM rather than an image.</param>
/// <param name="Revision">The source commit that the image says it was built from (org.opencontainers.image.revision); null when it does not.</param>
/// <param name="Problems">Why the image cannot be promoted; empty when it is proved.</param>
public sealed record ImageProof(
    string Image,
    string? Pinned,
    string? MediaType,
    IReadOnlyList<PlatformProof> Platforms,
    int AttestationRows,
    string? Revision,
    IReadOnlyList<Refusal> Problems)
{
    public bool Proved => Problems.Count == 0;

    /// <summary>The trusted key that signed the index; null when none did, or none was asked about.</summary>
    public string? SignedBy { get; private init; }

    /// <summary>The same with the outcome of the signature's check.</summary>
    public ImageProof With(SignatureProof signature) => this with
    {
        SignedBy = signature.SignedBy,
        Problems = signature.Problem is { } problem ? [.. Problems, problem] : Problems,
    };
}

/// <summary>One platform of an index.</summary>
public sealed record PlatformProof(string Platform, string Digest, long Size, bool Present);

/// <summary>The outcome of a check of signatures: who signed, or why no signature counts.</summary>
public sealed record SignatureProof(string? SignedBy, Refusal? Problem);
