using System.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Forges;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Commands;

/// <summary>How commands that propose a change come to the host of the repository, and what it knows them by.</summary>
internal static class ForgeOptions
{
    public const string TokenFile = "--pull-request-token-file";
    public const string TokenVariable = "DEPLOY_TOOL_PULL_REQUEST_TOKEN";

    public static void AddTo(Command command) => command.Add(new Option<string>(TokenFile)
    {
        Description = $"File of a token that may read and write pull requests; else ${TokenVariable}.",
        HelpName = "FILE",
    });

    /// <summary>Makes a client for the host that the policy names, or that the remote is at.</summary>
    public static Func<PullRequestPolicy, string, IForge> Connector(CommandRun run) => (policy, remote) =>
    {
        var repository = ForgeRepository.Parse(policy.Address ?? remote, policy.Host switch
        {
            PullRequestPolicy.GitHub => ForgeKind.GitHub,
            PullRequestPolicy.AzureRepos => ForgeKind.AzureRepos,
            _ => null,
        });
        var token = (run.Options.GetValue<string>(TokenFile) is { } file ? File.ReadAllText(run.Resolve(file)).Trim() : Variable(TokenVariable)) ?? JobToken(repository)
            ?? throw ForgeException.Unusable($"no token is given for {repository.Page.Authority}", $"give {TokenFile} FILE, or set {TokenVariable}");
        return Forge.Connect(repository, ForgeToken.Create(token, repository), run.Time);
    };

    /// <summary>What a job of GitHub Actions or Azure Pipelines has for the host that runs it, and for no other.</summary>
    private static string? JobToken(ForgeRepository repository) => repository.Kind switch
    {
        ForgeKind.GitHub => IsOf(repository.Page, Variable("GITHUB_SERVER_URL") ?? "https://github.com") ? Variable("GITHUB_TOKEN") : null,
        _ => Variable("SYSTEM_COLLECTIONURI") is { } collection && IsOf(repository.Page, collection) ? Variable("SYSTEM_ACCESSTOKEN") : null,
    };

    private static bool IsOf(Uri page, string server) => Uri.TryCreate(server, UriKind.Absolute, out var uri) && uri.Authority == page.Authority;

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
