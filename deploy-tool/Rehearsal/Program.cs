using System.CommandLine;
using FaceEdge.Deploy.CommandLine;

namespace FaceEdge.Deploy.Rehearsal;

/// <summary>The commands, one line each.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => CommandFrame.InvokeAsync(CreateCommands(), args, new CommandEnvironment());

    internal static RootCommand CreateCommands() => new("Rehearses a FaceEdge pipeline on this machine.")
    {
        RehearseCommand.Create(),
        PackImageCommand.Create(),
    };
}
