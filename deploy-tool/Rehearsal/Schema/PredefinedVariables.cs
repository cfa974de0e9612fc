namespace FaceEdge.Deploy.Rehearsal.Schema;

/// <summary>
/// The variables that Azure Pipelines defines for the jobs of a YAML pipeline in Azure Repos, after "Use predefined variables"
/// (learn.microsoft.com/azure/devops/pipelines/build/variables).
/// </summary>
internal static class PredefinedVariables
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "Agent.BuildDirectory", "Agent.HomeDirectory", "Agent.Id", "Agent.JobName", "Agent.JobStatus", "Agent.MachineName", "Agent.Name", "Agent.OS",
        "Agent.OSArchitecture", "Agent.TempDirectory", "Agent.ToolsDirectory", "Agent.WorkFolder",
        "Build.ArtifactStagingDirectory", "Build.BinariesDirectory", "Build.BuildId", "Build.BuildNumber", "Build.BuildUri", "Build.DefinitionName",
        "Build.DefinitionVersion", "Build.QueuedBy", "Build.QueuedById", "Build.Reason", "Build.Repository.Clean", "Build.Repository.ID",
        "Build.Repository.LocalPath", "Build.Repository.Name", "Build.Repository.Provider", "Build.Repository.Uri", "Build.RequestedFor",
        "Build.RequestedForEmail", "Build.RequestedForId", "Build.SourceBranch", "Build.SourceBranchName", "Build.SourcesDirectory",
        "Build.SourceVersion", "Build.SourceVersionMessage", "Build.StagingDirectory", "Common.TestResultsDirectory", "Environment.Id",
        "Environment.Name", "Pipeline.Workspace", "Strategy.CycleName", "Strategy.Name", "System.AccessToken", "System.ArtifactsDirectory",
        "System.CollectionId", "System.CollectionUri", "System.Debug", "System.DefaultWorkingDirectory", "System.DefinitionId", "System.JobAttempt",
        "System.JobDisplayName", "System.JobId", "System.JobName", "System.OidcRequestUri", "System.PhaseAttempt", "System.PhaseName",
        "System.StageAttempt", "System.StageDisplayName", "System.StageName", "System.TeamFoundationCollectionUri", "System.TeamProject",
        "System.TeamProjectId", "System.TimelineId", "TF_BUILD",
    };

    public static bool Contains(string name) => Names.Contains(name);
}
