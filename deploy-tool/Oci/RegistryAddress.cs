using System.Net;

namespace FaceEdge.Deploy.Oci;

/// <summary>Where a registry's API lives.</summary>
public static class RegistryAddress
{
    private const string DockerHub = "docker.io";
    private const string DockerHubApi = "registry-1.docker.io";

    /// <summary>
    /// The base address with a final slash: https, or plain http for a loopback host (as Docker does) and when asked for. Docker Hub's
    /// API is not at the name that its references carry.
    /// </summary>
    public static string Of(string registry, bool insecure)
    {
        var host = registry == DockerHub ? DockerHubApi : registry;
        return $"{(insecure || IsLoopback(host) ? "http" : "https")}://{host}/";
    }

    /// <summary>The repository's path in the API: Docker Hub keeps <c>docker.io/name</c> as <c>library/name</c>.</summary>
    public static string PathOf(ImageReference image) =>
        image.Registry == DockerHub && !image.Repository.Contains('/', StringComparison.Ordinal) ? $"library/{image.Repository}" : image.Repository;

    public static bool IsLoopback(string registry)
    {
        var host = Uri.TryCreate($"http://{registry}/", UriKind.Absolute, out var uri) ? uri.Host : registry;
        return host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }
}
