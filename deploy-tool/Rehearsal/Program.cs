using System.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Rehearsal.Commands;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Rehearsal;

/// <summary>The commands, and what libraries' exceptions mean to their user.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => CommandFrame.InvokeAsync(CreateCommands(), args, new CommandEnvironment { Explain = Explain });

    internal static RootCommand CreateCommands() => new("Rehearses a FaceEdge pipeline on this machine.")
    {
        RehearseCommand.Create(),
        PackImageCommand.Create(),
    };

    private static DeployException? Explain(Exception exception) => exception switch
    {
        GitException { Failure: GitFailure.Refused } git => DeployException.Refused(git.Message, git.Remedy, git),
        GitException { Failure: GitFailure.Unavailable } git => DeployException.Undecided(git.Message, git.Remedy, git),
        GitException git => DeployException.BadInput(git.Message, git.Remedy, git),
        RegistryException { IsUnavailable: true } registry => DeployException.Undecided(registry.Message, registry.Remedy, registry),
        RegistryException registry => DeployException.BadInput(registry.Message, registry.Remedy, registry),
        SitesException sites => DeployException.BadInput(sites.Message, sites.Remedy, sites),
        _ => null,
    };
}
