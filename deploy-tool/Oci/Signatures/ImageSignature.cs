namespace FaceEdge.Deploy.Oci.Signatures;

/// <summary>One signature as the registry holds it; nothing of it is to be believed before a trusted key has signed it.</summary>
/// <param name="Message">The bytes that were signed.</param>
/// <param name="Signature">ASN.1 DER.</param>
/// <param name="ReadClaim">Reads what the message says, once it is known whose it is.</param>
internal sealed record ImageSignature(byte[] Message, byte[] Signature, Func<SignatureClaim> ReadClaim);

/// <summary>What a signed message says.</summary>
/// <param name="Type">What kind of statement it says it is; null when it does not.</param>
/// <param name="IsImageSignature">Whether that kind is an image signature.</param>
/// <param name="Digests">The images it is about.</param>
internal sealed record SignatureClaim(string? Type, bool IsImageSignature, IReadOnlyList<string> Digests);
