using System.Globalization;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Rehearsal.Definition;

namespace FaceEdge.Deploy.Rehearsal.Running;

/// <summary>
/// Checks the run's commit out as the agent does: fetch, then a detached checkout; what earlier jobs built stays unless <c>clean</c> is
/// asked for (learn.microsoft.com/azure/devops/pipelines/yaml-schema/steps-checkout).
/// </summary>
internal static class CheckoutRunner
{
    public static async Task<StepOutcome> RunAsync(StepAction.Checkout checkout, JobSurroundings job, StepLog log, CancellationToken cancellation)
    {
        if (checkout.IsNone)
        {
            return StepOutcome.Succeeded;
        }

        var folder = checkout.Path is { } path ? Path.GetFullPath(path, job.Folders.Workspace) : job.Folders.Sources;
        Directory.CreateDirectory(folder);
        if (!Directory.Exists(Path.Combine(folder, ".git")))
        {
            await GitAsync("init", "--quiet");
            await GitAsync("remote", "add", "origin", job.Run.RemoteUrl);
        }

        await GitAsync("remote", "set-url", "origin", job.Run.RemoteUrl);
        if (checkout.Clean)
        {
            await GitAsync("clean", "-ffdx", "--quiet");
        }

        string[] history = checkout.Depth > 0
            ? [string.Create(CultureInfo.InvariantCulture, $"--depth={checkout.Depth}")]
            : File.Exists(Path.Combine(folder, ".git", "shallow")) ? ["--unshallow"] : [];
        await GitAsync(["fetch", "--quiet", "--force", "--no-tags", "--prune", .. history, "origin", "+refs/heads/*:refs/remotes/origin/*", job.Run.Commit]);
        await GitAsync("checkout", "--quiet", "--force", "--detach", job.Run.Commit);
        return StepOutcome.Succeeded;

        async Task GitAsync(params string[] arguments)
        {
            log.Line($"git {string.Join(' ', arguments)}");
            var exitCode = await ShellProcess.RunAsync("git", arguments, folder, [new("GIT_TERMINAL_PROMPT", "0")], log.Line, cancellation);
            if (exitCode != 0)
            {
                throw DeployException.Undecided($"git {arguments[0]} failed: {log.Why}", "see the step's log");
            }
        }
    }
}
