using FaceEdge.Contracts;

namespace FaceEdge.Deploy.Sites;

/// <summary>What is said of a name that nothing has, wherever it stands on a command line: the one that was probably meant, and where the names are.</summary>
internal static class UnknownName
{
    /// <summary>An environment that the policy does not name.</summary>
    public static SitesException Environment(string name, DeliveryPolicy policy)
    {
        var names = policy.Environments.Select(one => one.Name).ToList();
        return new SitesException(
            $"there is no environment '{name}'{Suggestion.For(name, names)}", $"{DesiredState.SitesFolder}/{PolicyFile.FileName} names {string.Join(", ", names)}");
    }

    /// <summary>A site that an environment does not have.</summary>
    /// <param name="environment">The environment; null where those of several were looked through.</param>
    /// <param name="name">The name that was given.</param>
    /// <param name="known">Names of the sites that there are.</param>
    public static SitesException Site(string? environment, string name, IEnumerable<string> known) => environment is null
        ? new SitesException($"there is no site '{name}'{Suggestion.For(name, known)}", "deploy-tool site list names them")
        : new SitesException($"{environment} has no site '{name}'{Suggestion.For(name, known)}", $"deploy-tool site list --env {environment} names them");
}
