namespace FaceEdge.Deploy.Rehearsal.Running.Tasks;

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
