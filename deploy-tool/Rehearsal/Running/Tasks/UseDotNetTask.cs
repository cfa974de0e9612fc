using System.Text.Json;

namespace FaceEdge.Deploy.Rehearsal.Running.Tasks;

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
