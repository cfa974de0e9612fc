using System.CommandLine;
using FaceEdge.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;

namespace FaceEdge.Deploy.Commands;

/// <summary>The commit that a read-only command reads.</summary>
internal static class ReadOptions
{
    private const string Fetch = "--fetch";
    private const string At = "--at";

    public static void AddTo(Command command)
    {
        command.Add(new Option<bool>(Fetch) { Description = "Read the remote branch as it is now; without it, what is checked out." });
        BranchOptions.AddTo(command);
        command.Add(new Option<string>(At) { Description = "Read this commit.", HelpName = "REV" });
        command.AddRule(result =>
        {
            if (result.GetValue<bool>(Fetch) && result.GetValue<string>(At) is not null)
            {
                result.AddError($"{Fetch} and {At} exclude each other");
            }

            if (!result.GetValue<bool>(Fetch) && (result.GetValue<string>(BranchOptions.Remote) ?? result.GetValue<string>(BranchOptions.Branch)) is not null)
            {
                result.AddError($"{BranchOptions.Remote} and {BranchOptions.Branch} belong to {Fetch}");
            }
        });
    }

    public static async Task<string> CommitAsync(CommandRun run, GitRepository repository, CancellationToken cancellation)
    {
        if (run.Options.GetValue<bool>(Fetch))
        {
            var branch = await RemoteBranch.FindAsync(repository, BranchOptions.RemoteOf(run), BranchOptions.BranchOf(run), cancellation);
            run.Progress.Report($"fetching {branch.Remote}/{branch.Branch}");
            return await branch.FetchAsync(cancellation);
        }

        if (run.Options.GetValue<string>(At) is { } revision)
        {
            return await repository.ResolveAsync(revision, cancellation)
                ?? throw DeployException.BadInput($"this clone has no commit {revision}", "fetch it first");
        }

        return await repository.ResolveAsync("HEAD", cancellation)
            ?? throw DeployException.BadInput("the repository has no commit yet", "commit the sites folder first");
    }
}
