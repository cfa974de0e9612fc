using System.Runtime.InteropServices;
using FaceEdge.Deploy.Rehearsal.Approvals;
using FaceEdge.Deploy.Rehearsal.Running;

namespace FaceEdge.Deploy.Rehearsal.Machine;

/// <summary>The variables that Azure Pipelines gives every run, as this machine has them (learn.microsoft.com/azure/devops/pipelines/build/variables).</summary>
internal static class AgentVariables
{
    /// <remarks>
    /// <c>collection</c>: where the service's REST addresses begin.
    /// </remarks>
    public static Dictionary<string, string> Of(AgentFolders agent, string collection) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Agent.BuildDirectory"] = agent.Workspace,
        ["Agent.HomeDirectory"] = agent.Root,
        ["Agent.Id"] = "1",
        ["Agent.JobStatus"] = "Succeeded",
        ["Agent.MachineName"] = Environment.MachineName,
        ["Agent.Name"] = Environment.MachineName,
        ["Agent.OS"] = OperatingSystem.IsMacOS() ? "Darwin" : OperatingSystem.IsWindows() ? "Windows_NT" : "Linux",
        ["Agent.OSArchitecture"] = RuntimeInformation.OSArchitecture.ToString().ToUpperInvariant(),
        ["Agent.TempDirectory"] = agent.Temporary,
        ["Agent.ToolsDirectory"] = agent.Tools,
        ["Agent.WorkFolder"] = agent.Work,
        ["Build.ArtifactStagingDirectory"] = agent.Staging,
        ["Build.BinariesDirectory"] = agent.Binaries,
        ["Build.DefinitionName"] = "rehearsal",
        ["Build.Reason"] = "IndividualCI",
        ["Build.Repository.LocalPath"] = agent.Sources,
        ["Build.Repository.Name"] = "rehearsal",
        ["Build.Repository.Provider"] = "TfsGit",
        ["Build.RequestedFor"] = Environment.UserName,
        ["Build.RequestedForEmail"] = $"{Environment.UserName}@rehearsal.invalid",
        ["Build.SourceBranch"] = $"refs/heads/{RehearsalRemote.Branch}",
        ["Build.SourceBranchName"] = RehearsalRemote.Branch,
        ["Build.SourcesDirectory"] = agent.Sources,
        ["Build.StagingDirectory"] = agent.Staging,
        ["Common.TestResultsDirectory"] = agent.TestResults,
        ["Pipeline.Workspace"] = agent.Workspace,
        ["System.CollectionUri"] = collection,
        ["System.DefaultWorkingDirectory"] = agent.Sources,
        ["System.DefinitionId"] = "1",
        ["System.JobAttempt"] = "1",
        ["System.StageAttempt"] = "1",
        ["System.TeamFoundationCollectionUri"] = collection,
        ["System.TeamProject"] = ApprovalService.Project,
        ["TF_BUILD"] = "True",
    };
}
