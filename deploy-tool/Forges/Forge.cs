namespace FaceEdge.Deploy.Forges;

/// <summary>Makes the client that a host needs.</summary>
public static class Forge
{
    /// <summary>A client for the pull requests of a repository. The caller disposes it.</summary>
    /// <param name="repository">Which.</param>
    /// <param name="token">What the host knows us by.</param>
    /// <param name="time">For waits between tries.</param>
    public static IForge Connect(ForgeRepository repository, ForgeToken token, TimeProvider time) => repository.Kind switch
    {
        ForgeKind.GitHub => new GitHubForge(repository, token, time),
        _ => new AzureReposForge(repository, token, time),
    };
}
