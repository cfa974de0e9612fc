using System.Globalization;

namespace FaceEdge.Deploy.Rehearsal.Running.Tasks;

/// <summary>Bash@3 (learn.microsoft.com/azure/devops/pipelines/tasks/reference/bash-v3).</summary>
internal sealed class BashTask : ITaskEmulator
{
    public async Task<StepOutcome> RunAsync(TaskEmulatorRun run, CancellationToken cancellation)
    {
        var directory = run.Resolve(run.Input("workingDirectory") ?? ".");
        string[] arguments;
        if (run.Input("targetType") == "inline")
        {
            var file = Path.Combine(run.Job.Folders.Temporary, $"{Guid.NewGuid():N}.sh");
            await File.WriteAllTextAsync(file, run.Required("script"), cancellation);
            arguments = ["--noprofile", "--norc", file];
        }
        else
        {
            arguments = ["-c", $"exec bash '{run.Resolve(run.Required("filePath"))}' {run.Input("arguments")}"];
        }

        var exitCode = await ShellProcess.RunAsync("bash", arguments, directory, run.Environment, run.Log.Line, cancellation);
        return exitCode == 0 ? StepOutcome.Succeeded : StepOutcome.Failed(string.Create(CultureInfo.InvariantCulture, $"{run.Log.Why} (exit code {exitCode})"));
    }
}
