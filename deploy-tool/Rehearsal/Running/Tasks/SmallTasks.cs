using System.Globalization;
using System.Text.Json;

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

/// <summary>
/// Cache@2 (learn.microsoft.com/azure/devops/pipelines/tasks/reference/cache-v2): the folder lies on this machine and outlives the job, so
/// that there is nothing to bring back.
/// </summary>
internal sealed class CacheTask : ITaskEmulator
{
    public Task<StepOutcome> RunAsync(TaskEmulatorRun run, CancellationToken cancellation)
    {
        var path = run.Resolve(run.Required("path"));
        var hit = Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any();
        Directory.CreateDirectory(path);
        run.Log.Line($"{run.Required("key")}: {path} stays on this machine; it is {(hit ? "filled" : "still empty")}");
        if (run.Input("cacheHitVar") is { } variable)
        {
            run.Job.Variables.Set(variable, hit ? "true" : "false");
        }

        return Task.FromResult(StepOutcome.Succeeded);
    }
}

/// <summary>Delay@1 (learn.microsoft.com/azure/devops/pipelines/tasks/reference/delay-v1).</summary>
internal sealed class DelayTask : ITaskEmulator
{
    public async Task<StepOutcome> RunAsync(TaskEmulatorRun run, CancellationToken cancellation)
    {
        var text = run.Required("delayForMinutes");
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var minutes) || minutes is < 0 or > 86_400)
        {
            return StepOutcome.Failed($"delayForMinutes is '{text}'; it must be a number of minutes");
        }

        await Task.Delay(TimeSpan.FromMinutes(minutes), run.Job.Run.Time, cancellation);
        return StepOutcome.Succeeded;
    }
}

/// <summary>Docker@2 with login or logout: the rehearsal's registry asks for neither. Its other commands are not known here.</summary>
internal sealed class DockerLoginTask : ITaskEmulator
{
    public Task<StepOutcome> RunAsync(TaskEmulatorRun run, CancellationToken cancellation)
    {
        var command = run.Input("command") ?? "buildAndPush";
        if (command is not ("login" or "logout"))
        {
            throw run.Step.Place.Fault($"a rehearsal has no emulator for Docker@2 with the command '{command}'; build the image in a script");
        }

        run.Log.Line($"{command}: the rehearsal's registry asks for no login");
        return Task.FromResult(StepOutcome.Succeeded);
    }
}

/// <summary>
/// UseDotNet@2 (learn.microsoft.com/azure/devops/pipelines/tasks/reference/use-dotnet-v2): nothing is installed; the SDK of this machine
/// must be one that global.json, or the version asked for, takes.
/// </summary>
internal sealed class UseDotNetTask : ITaskEmulator
{
    public async Task<StepOutcome> RunAsync(TaskEmulatorRun run, CancellationToken cancellation)
    {
        var directory = run.Resolve(run.Input("workingDirectory") ?? ".");
        var lines = new List<string>();
        var exitCode = await ShellProcess.RunAsync("dotnet", ["--version"], directory, run.Environment, (line, _) => lines.Add(line), cancellation);
        lines.ForEach(run.Log.Line);
        if (exitCode != 0)
        {
            return StepOutcome.Failed($"no .NET SDK of this machine fits {Wanted(run, directory)}: install it");
        }

        return run.Input("version") is { } version && !lines[^1].StartsWith(version.TrimEnd('x', '*').TrimEnd('.'), StringComparison.Ordinal)
            ? StepOutcome.Failed($"the .NET SDK of this machine is {lines[^1]}, not {version}: install it")
            : StepOutcome.Succeeded;
    }

    private static string Wanted(TaskEmulatorRun run, string directory)
    {
        var file = Path.Combine(directory, "global.json");
        if (!run.Flag("useGlobalJson") || !File.Exists(file))
        {
            return run.Input("version") ?? "what is asked for";
        }

        using var json = JsonDocument.Parse(File.ReadAllBytes(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        return json.RootElement.TryGetProperty("sdk", out var sdk) && sdk.TryGetProperty("version", out var version) ? $"global.json ({version})" : "global.json";
    }
}
