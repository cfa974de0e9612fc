using FaceEdge.Contracts;

namespace FaceEdge.Deploy.Rehearsal.Running.Tasks;

/// <summary>PublishPipelineArtifact@1 and <c>publish</c>: a folder of the run; a name is published once.</summary>
internal sealed class PublishArtifactTask : ITaskEmulator
{
    public Task<StepOutcome> RunAsync(TaskEmulatorRun run, CancellationToken cancellation)
    {
        var source = run.Resolve(run.Input("targetPath", "path") ?? run.Job.Folders.Workspace);
        var name = run.Input("artifact", "artifactName") ?? run.Job.Job.Name;
        var target = Path.Combine(run.Job.Run.Artifacts, name);
        if (Directory.Exists(target))
        {
            return Task.FromResult(StepOutcome.Failed($"the artifact {name} is published already in this run"));
        }

        if (!Path.Exists(source))
        {
            return Task.FromResult(StepOutcome.Failed($"there is no {source} to publish as {name}"));
        }

        var count = Artifacts.Copy(source, target);
        run.Log.Line($"published {Quantity.Of(count, "file")} as {name}");
        return Task.FromResult(StepOutcome.Succeeded);
    }
}

/// <summary>DownloadPipelineArtifact@2 and <c>download</c>, from this run: into Pipeline.Workspace, a folder for each artifact.</summary>
internal sealed class DownloadArtifactTask : ITaskEmulator
{
    public Task<StepOutcome> RunAsync(TaskEmulatorRun run, CancellationToken cancellation)
    {
        var source = run.Input("source", "buildType") ?? "current";
        if (source == "none")
        {
            return Task.FromResult(StepOutcome.Succeeded);
        }

        if (source is not "current")
        {
            throw run.Step.Place.Fault($"a rehearsal has artifacts of the current run alone, not of '{source}'");
        }

        if (run.Input("patterns", "itemPattern") is { } pattern and not "**")
        {
            throw run.Step.Place.Fault($"a rehearsal downloads whole artifacts; it does not know the pattern '{pattern}'");
        }

        var name = run.Input("artifact", "artifactName");
        if (name is null)
        {
            var count = Artifacts.DownloadAll(run.Job);
            run.Log.Line($"{count} artifacts");
            return Task.FromResult(StepOutcome.Succeeded);
        }

        var artifact = Path.Combine(run.Job.Run.Artifacts, name);
        if (!Directory.Exists(artifact))
        {
            return Task.FromResult(StepOutcome.Failed($"there is no artifact {name} in this run"));
        }

        // The short form puts an artifact in a folder of its name; the task itself does so only without a path.
        var target = run.Input("path", "targetPath") is { } path ? run.Resolve(path) : Path.Combine(run.Job.Folders.Workspace, name);
        run.Log.Line($"{Quantity.Of(Artifacts.Copy(artifact, target), "file")} of {name} in {target}");
        return Task.FromResult(StepOutcome.Succeeded);
    }
}

/// <summary>Artifacts of a run as folders.</summary>
internal static class Artifacts
{
    /// <summary>Downloads every artifact, as a deployment job begins (learn.microsoft.com/azure/devops/pipelines/process/deployment-jobs#artifacts).</summary>
    public static int DownloadAll(JobSurroundings job)
    {
        var folders = Directory.Exists(job.Run.Artifacts) ? Directory.GetDirectories(job.Run.Artifacts) : [];
        foreach (var folder in folders)
        {
            Copy(folder, Path.Combine(job.Folders.Workspace, Path.GetFileName(folder)));
        }

        return folders.Length;
    }

    /// <summary>Copies a folder or one file and returns the number of files.</summary>
    public static int Copy(string source, string target)
    {
        Directory.CreateDirectory(target);
        if (File.Exists(source))
        {
            File.Copy(source, Path.Combine(target, Path.GetFileName(source)), overwrite: true);
            return 1;
        }

        var count = 0;
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to, overwrite: true);
            count++;
        }

        return count;
    }
}
