using System.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Commands;

namespace FaceEdge.Deploy;

/// <summary>The commands, one line each. Creating one only declares its options: nothing heavy loads before a command runs.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var root = CreateCommands();
        var environment = new CommandEnvironment();
        return await ExternalTool.TryRunAsync(root, args, environment) ?? await CommandFrame.InvokeAsync(root, args, environment);
    }

    internal static RootCommand CreateCommands()
    {
        var root = new RootCommand("Promotes a FaceEdge image through the environments that edge sites pull from Git.")
        {
            StatusCommand.Create(),
            FleetCommand.Create(),
            HistoryCommand.Create(),
            PromoteCommand.Create(),
            RollbackCommand.Create(),
            RolloutCommand.Create(),
            CheckSiteCommand.Create(),
            VerifyImageCommand.Create(),
            ConfigureCommand.Create(),
            RenderCommand.Create(),
            SiteCommand.Create(),
            EnvironmentCommand.Create(),
            InitCommand.Create(),
            DiffCommand.Create(),
            ValidateCommand.Create(),
            CompletionCommand.Create(),
            GateCommand.Create(),
            ApproversCommand.Create(),
        };
        foreach (var command in ExternalTool.CreateAll())
        {
            root.Add(command);
        }

        return root;
    }
}
