namespace FaceEdge.Deploy.Rehearsal.Running;

/// <summary>What the steps of a job can use.</summary>
/// <param name="Stage">The job's stage.</param>
/// <param name="Job">The job.</param>
/// <param name="Variables">Variables that the job sees; steps add to them.</param>
/// <param name="Folders">The agent's folders.</param>
/// <param name="Run">What all jobs of the run share.</param>
/// <param name="Mark">By which processes of the job are found again.</param>
internal sealed record JobSurroundings(StageRun Stage, JobRun Job, RunVariables Variables, AgentFolders Folders, RunSurroundings Run, string Mark);

/// <summary>What all jobs of a run share.</summary>
/// <remarks>
/// <c>Folder</c>: the run's own folder: logs, artifacts, results, summaries.
/// <c>RemoteUrl</c>: where the sources are checked out from and pushed to.
/// <c>Commit</c>: the commit that the run is of.
/// <c>Branch</c>: the branch that it is on.
/// <c>Approvals</c>: who answers when a step asks.
/// <c>Progress</c>: one line a step.
/// </remarks>
internal sealed record RunSurroundings(
    string Folder,
    string RemoteUrl,
    string Commit,
    string Branch,
    IReadOnlyDictionary<string, string> Predefined,
    string AccessToken,
    AgentFolders Agent,
    Approvals.ApprovalDesk Approvals,
    IProgress<string> Progress,
    TimeProvider Time)
{
    public string Artifacts => ArtifactsIn(Folder);

    public string Logs => Path.Combine(Folder, "logs");

    public string Results => Path.Combine(Folder, "test-results");

    public string Summaries => Path.Combine(Folder, "summaries");

    /// <summary>Where a run keeps its artifacts, a folder for each.</summary>
    public static string ArtifactsIn(string runFolder) => Path.Combine(runFolder, "artifacts");
}
