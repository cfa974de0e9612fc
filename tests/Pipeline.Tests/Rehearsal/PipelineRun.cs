using FaceEdge.Deploy.Rehearsal.Approvals;
using FaceEdge.Deploy.Rehearsal.Running;

namespace FaceEdge.Pipeline.Tests.Rehearsal;

/// <summary>Runs a small pipeline of shell steps, without sites and registry, in folders of its own.</summary>
internal sealed class PipelineRun : IDisposable
{
    private readonly PipelineFolder _folder = new();
    private readonly DirectoryInfo _work = Directory.CreateTempSubdirectory("faceedge-run-");

    public Dictionary<string, string> Variables { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, EnvironmentCheck> Checks { get; } = new(StringComparer.OrdinalIgnoreCase);

    public HashSet<string> Skip { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string[] Approve { get; init; } = [];

    public string[] Reject { get; init; } = [];

    public RunSurroundings Surroundings { get; private set; } = null!;

    public PipelineRun With(string path, string content)
    {
        _folder.With(path, content);
        return this;
    }

    /// <summary>Runs <paramref name="yaml"/>; the answer is every stage with its outcome and detail, a line each.</summary>
    public async Task<string> RunAsync(string yaml, string? stopAfter = null, params (string Name, string Value)[] parameters)
    {
        var cancellation = TestContext.Current.CancellationToken;
        _folder.With("azure-pipelines.yml", yaml);
        var (remote, commit) = await MakeRemoteAsync();
        var agent = new AgentFolders(Path.Combine(_work.FullName, "agent"));
        var predefined = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Build.SourceBranch"] = "refs/heads/main",
            ["Build.ArtifactStagingDirectory"] = agent.Staging,
            ["Pipeline.Workspace"] = agent.Workspace,
            ["Build.BuildId"] = "7",
        };
        Surroundings = new RunSurroundings(
            Path.Combine(_work.FullName, "run"), remote, commit, "main", predefined, "secret-token", agent,
            new ApprovalDesk(ApprovalDesk.ReadFlags(Approve, Reject), isInteractive: false), new Silent(), TimeProvider.System);
        var runner = new PipelineRunner(_folder.Read(parameters), Surroundings, Variables, Checks, Skip, new HashSet<string>());
        await runner.RunAsync(stopAfter, cancellation);
        Stages = runner.Stages;
        return string.Join('\n', runner.Stages.Select(stage => $"{stage.Name}: {stage.Outcome}{(stage.Detail is null ? "" : $": {stage.Detail}")}"));
    }

    public IReadOnlyList<StageRun> Stages { get; private set; } = [];

    /// <summary>What the step of this name wrote.</summary>
    public string LogOf(string step) => File.ReadAllText(
        Stages.SelectMany(stage => stage.Jobs).SelectMany(job => job.Steps).First(one => one.Name == step).Log!);

    public void Dispose()
    {
        _folder.Dispose();
        _work.Delete(recursive: true);
    }

    private async Task<(string Url, string Commit)> MakeRemoteAsync()
    {
        var root = _folder.Root;
        foreach (var arguments in new string[][]
        {
            ["init", "--quiet", "--initial-branch=main"],
            ["add", "."],
            ["-c", "user.name=t", "-c", "user.email=t@t.invalid", "-c", "commit.gpgSign=false", "commit", "--quiet", "-m", "one"],
        })
        {
            Assert.Equal(0, await ShellProcess.RunAsync("git", arguments, root, [], (_, _) => { }, TestContext.Current.CancellationToken));
        }

        var commit = "";
        await ShellProcess.RunAsync("git", ["rev-parse", "HEAD"], root, [], (line, _) => commit = line, TestContext.Current.CancellationToken);
        return (new Uri(root).AbsoluteUri, commit);
    }

    private sealed class Silent : IProgress<string>
    {
        public void Report(string value)
        {
        }
    }
}
