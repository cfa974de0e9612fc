using System.CommandLine;
using FaceEdge.Deploy.Git;

namespace FaceEdge.Deploy.Commands;

/// <summary>Which commit a command that only reads looks at.</summary>
internal static class ReadOptions
{
    private const string Fetch = "--fetch";

    public static void AddTo(Command command) =>
        command.Add(new Option<bool>(Fetch) { Description = "Read the remote branch as it is now; without it, what is checked out." });

    public static async Task<string> CommitAsync(CommandRun run, GitRepository repository, CancellationToken cancellation)
    {
        if (run.Options.GetValue<bool>(Fetch))
        {
            var branch = await RemoteBranch.FindAsync(repository, null, null, cancellation);
            run.Progress.Report($"fetching {branch.Remote}/{branch.Branch}");
            return await branch.FetchAsync(cancellation);
        }

        return await repository.ResolveAsync("HEAD", cancellation)
            ?? throw DeployException.BadInput("the repository has no commit yet", "commit the sites folder first");
    }
}
