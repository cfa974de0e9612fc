using System.CommandLine;
using FaceEdge.Deploy.Commands;

namespace FaceEdge.Deploy;

/// <summary>The commands, one line each. Creating one only declares its options: nothing heavy loads before a command runs.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => CommandFrame.InvokeAsync(CreateCommands(), args, new CommandEnvironment());

    internal static RootCommand CreateCommands() =>
        new("Promotes a FaceEdge image through the environments that edge sites pull from Git.")
        {
            StatusCommand.Create(),
            HistoryCommand.Create(),
            PromoteCommand.Create(),
            RollbackCommand.Create(),
            RolloutCommand.Create(),
            CheckSiteCommand.Create(),
            VerifyImageCommand.Create(),
            ConfigureCommand.Create(),
            DiffCommand.Create(),
            ValidateCommand.Create(),
            CompletionCommand.Create(),
            GateCommand.Create(),
            ApproversCommand.Create(),
            PackImageCommand.Create(),
            RehearseCommand.Create(),
        };
}
