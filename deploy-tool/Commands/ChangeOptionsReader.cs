using System.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Forges;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Promotion;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Commands;

/// <summary>The options of commands that change what an environment runs.</summary>
internal static class ChangeOptionsReader
{
    public const string PullRequest = "--pull-request";
    public const string UntilMerged = "--until-merged";

    private const string DryRun = "--dry-run";
    private const string NoPush = "--no-push";
    private const string AutoComplete = "--auto-complete";
    private const string SkipImageCheck = "--skip-image-check";
    private const string PipelineRun = "--pipeline-run";

    /// <summary>Adds the options of a command that changes the image.</summary>
    public static void AddTo(Command command)
    {
        AddCommitOptionsTo(command);
        command.Add(new Option<bool>(SkipImageCheck) { Description = "Do not ask the registry; recorded in the commit." });
        RegistryOptions.AddTo(command);
    }

    /// <summary>Adds the options of a command that changes something else and asks no registry.</summary>
    public static void AddCommitOptionsTo(Command command)
    {
        command.Add(new Option<bool>(DryRun) { Description = "Show exactly what would be written; write nothing." });
        command.Add(new Option<bool>(NoPush) { Description = "Commit on the checked-out branch only; recorded in the commit." });
        BranchOptions.AddTo(command);
        command.Add(new Option<bool>(PullRequest) { Description = "Propose the change in a pull request instead of pushing it, or bring the one that is open up to date." });
        command.Add(new Option<bool>(AutoComplete) { Description = "Let the host merge the pull request as soon as its rules let it." });
        command.Add(DurationOption.Create(UntilMerged, "Wait so long until the pull request is merged."));
        ForgeOptions.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue<bool>(PullRequest) && result.GetValue<bool>(NoPush))
            {
                result.AddError($"{PullRequest} and {NoPush} exclude each other");
            }

            if (!result.GetValue<bool>(PullRequest) && (result.GetResult(AutoComplete) ?? result.GetResult(UntilMerged) ?? result.GetResult(ForgeOptions.TokenFile)) is not null)
            {
                result.AddError($"{AutoComplete}, {UntilMerged} and {ForgeOptions.TokenFile} belong to {PullRequest}");
            }
        });
        command.Add(new Option<string>(PipelineRun)
        {
            Description = "What the commit records as its pipeline run; found by itself in Azure Pipelines.",
            HelpName = "URL",
        });
    }

    public static ChangeOptions Read(CommandRun run) => new(
        run.Options.GetValue<bool>(DryRun),
        run.Options.GetValue<bool>(NoPush),
        run.Options.GetResult(SkipImageCheck) is not null && run.Options.GetValue<bool>(SkipImageCheck),
        BranchOptions.RemoteOf(run),
        BranchOptions.BranchOf(run),
        run.Options.GetValue<string>(PipelineRun) ?? AzurePipelinesRun())
    {
        PullRequest = IsProposed(run) ? new PullRequestOptions(ForgeOptions.Connector(run), run.Options.GetValue<bool>(AutoComplete), run.Options.GetValue<TimeSpan?>(UntilMerged)) : null,
    };

    /// <summary>Whether the change is to be a pull request.</summary>
    public static bool IsProposed(CommandRun run) => run.Options.GetValue<bool>(PullRequest);

    /// <summary>A client for the image check; null when the check is skipped.</summary>
    public static async Task<RegistryClient?> RegistryAsync(CommandRun run, CancellationToken cancellation) =>
        run.Options.GetValue<bool>(SkipImageCheck) ? null : await RegistryOptions.CreateClientAsync(run, cancellation);

    /// <summary>The run's page, from the variables that Azure Pipelines predefines.</summary>
    private static string? AzurePipelinesRun() =>
        Environment.GetEnvironmentVariable("BUILD_BUILDID") is { Length: > 0 } build
            ? $"{Environment.GetEnvironmentVariable("SYSTEM_COLLECTIONURI")}{Environment.GetEnvironmentVariable("SYSTEM_TEAMPROJECT")}/_build/results?buildId={build}"
            : null;
}

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
