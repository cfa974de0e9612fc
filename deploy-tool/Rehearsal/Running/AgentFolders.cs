namespace FaceEdge.Deploy.Rehearsal.Running;

/// <summary>
/// The folders of a self-hosted agent (learn.microsoft.com/azure/devops/pipelines/build/variables#build-variables): the sources stay from
/// job to job, temporary files and staging do not.
/// </summary>
/// <param name="Root">The agent's own folder.</param>
internal sealed record AgentFolders(string Root)
{
    public string Work => Path.Combine(Root, "_work");

    /// <summary>Pipeline.Workspace.</summary>
    public string Workspace => Path.Combine(Work, "1");

    public string Sources => Path.Combine(Workspace, "s");

    public string Staging => Path.Combine(Workspace, "a");

    public string Binaries => Path.Combine(Workspace, "b");

    public string TestResults => Path.Combine(Workspace, "TestResults");

    public string Temporary => Path.Combine(Work, "_temp");

    public string Tools => Path.Combine(Work, "_tool");

    /// <summary>What Cache@2 keeps.</summary>
    public string Cache => Path.Combine(Root, "cache");

    /// <summary>Makes all folders, and empties those that a job finds empty.</summary>
    public void PrepareJob()
    {
        foreach (var folder in new[] { Staging, TestResults, Temporary })
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        foreach (var folder in new[] { Sources, Staging, Binaries, TestResults, Temporary, Tools, Cache })
        {
            Directory.CreateDirectory(folder);
        }
    }
}
