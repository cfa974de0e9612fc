using System.Text.Json;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.LatencyGate.Evidence;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.Gates;

/// <summary>An evidence file with the digest that the commit records of it.</summary>
/// <param name="Digest">Of the file's bytes.</param>
/// <param name="Evidence">What it says.</param>
/// <param name="Place">Which site it is about; null when it is about none.</param>
internal sealed record EvidenceFile(Digest Digest, GateEvidence Evidence, SiteCheckPlace? Place)
{
    /// <exception cref="DeployException">The file is absent, or is no evidence.</exception>
    public static EvidenceFile Read(string path)
    {
        var bytes = GateEvidenceFile.ReadBytes(path);
        var evidence = GateEvidenceFile.Parse(bytes, path);
        return new EvidenceFile(Digest.Sha256(bytes), evidence, evidence.Kind == GateKind.SiteCheck ? SiteCheckPlace.Read(bytes, path) : null);
    }

    /// <summary>Whether the evidence is about this image, by its digest or by the commit that it was built from.</summary>
    public bool IsAbout(ImageReference image, string? revision)
    {
        if (Evidence.Subject.Image is { } judged)
        {
            return judged == image.Digest || (ImageReference.TryParse(judged, out var reference) && reference.Digest == image.Digest && image.Digest is not null);
        }

        return revision is not null && string.Equals(Evidence.Subject.Commit, revision, StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>The environment and the site that a site check was about: members of its evidence beside those that every gate has.</summary>
internal sealed record SiteCheckPlace(string Environment, string Site)
{
    /// <exception cref="DeployException">The evidence does not say where the check ran.</exception>
    public static SiteCheckPlace Read(ReadOnlyMemory<byte> json, string path)
    {
        using var document = JsonDocument.Parse(json);
        return JsonText.Of(document.RootElement, "environment") is { Length: > 0 } environment
            && JsonText.Of(document.RootElement, "site") is { Length: > 0 } site
                ? new SiteCheckPlace(environment, site)
                : throw DeployException.BadInput($"{path} does not say which site was checked", "give the file that check-site wrote");
    }
}
