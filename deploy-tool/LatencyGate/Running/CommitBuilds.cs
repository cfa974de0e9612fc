using System.ComponentModel;
using FaceEdge.Contracts;
using FaceEdge.Deploy.Git;

namespace FaceEdge.Deploy.LatencyGate.Running;

/// <summary>
/// Publishes the latency runner of commits, each from a work tree of its own, so that neither side is touched by what lies uncommitted
/// in the user's. Everything is in one temporary folder, removed at the end.
/// </summary>
internal sealed class CommitBuilds(GitRepository repository, IProgress<string> progress) : IAsyncDisposable
{
    private const string Project = "benchmarks/FaceEdge.Benchmarks.csproj";

    /// <summary>A build with restore takes minutes on a busy machine; one that takes this long waits for something that does not come.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("faceedge-gate-").FullName;
    private readonly List<string> _workTrees = [];

    /// <returns>The side, ready to be measured.</returns>
    /// <exception cref="LatencyGateException">The commit has no latency runner or does not build.</exception>
    public async Task<GateSide> PublishAsync(string commit, CancellationToken cancellation)
    {
        var source = Path.Combine(_folder, "source-" + commit);
        var output = Path.Combine(_folder, "published-" + commit);
        await repository.Git.RunAsync(cancellation, "worktree", "add", "--detach", "--force", source, commit);
        _workTrees.Add(source);
        if (!File.Exists(Path.Combine(source, Project)))
        {
            throw LatencyGateException.Unavailable($"commit {Short(commit)} has no {Project}", "compare with a newer base: --base REV");
        }

        progress.Report($"publishing {Short(commit)}");
        await DotnetAsync(commit, source, ["publish", Project, "-c", "Release", "-o", output, "-v", "q", "-nologo"], cancellation);
        return new GateSide(Short(commit), RunnerCommand.Published(output));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var workTree in _workTrees)
        {
            await repository.Git.TryAsync(CancellationToken.None, "worktree", "remove", "--force", workTree);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static async Task DotnetAsync(string commit, string directory, string[] arguments, CancellationToken cancellation)
    {
        var start = ChildProcess.Piped("dotnet", arguments);
        start.WorkingDirectory = directory;
        RepositoryVariables.RemoveFrom(start.Environment);

        // A build server that outlives the build would go on using the processor while latencies are measured.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        ProcessResult build;
        try
        {
            build = await ChildProcess.RunAsync(start, Limit, cancellation);
        }
        catch (Win32Exception exception)
        {
            throw LatencyGateException.Unusable($"dotnet cannot be run: {ChildProcess.StartFault(exception)}", "install the .NET SDK and put it on PATH", exception);
        }

        if (build.Stopped is not null)
        {
            throw LatencyGateException.Unavailable($"commit {Short(commit)} was not built after {Limit.TotalMinutes:0} minutes", "build it by hand, and see where it stops");
        }

        if (build.ExitCode != 0)
        {
            var lines = $"{build.Output}\n{build.Error}".Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var first = Array.Find(lines, line => line.Contains("error", StringComparison.Ordinal)) ?? lines.LastOrDefault() ?? "it wrote no error";
            throw LatencyGateException.Unavailable($"commit {Short(commit)} does not build: {first}", "fix it, or compare with another base: --base REV");
        }
    }

    private static string Short(string commit) => commit[..Math.Min(12, commit.Length)];
}
