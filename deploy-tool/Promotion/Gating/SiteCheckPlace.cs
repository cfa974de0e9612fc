using System.Text.Json;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.Promotion.Gating;

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
