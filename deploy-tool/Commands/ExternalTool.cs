using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;

namespace FaceEdge.Deploy.Commands;

/// <summary>
/// The commands of <c>pipeline-rehearsal</c>, a tool of its own, under deploy-tool's name: the whole command line is handed over as it
/// was typed, as git does with git-NAME. The tool is looked for beside this program, then on PATH.
/// </summary>
internal static class ExternalTool
{
    private const string Name = "pipeline-rehearsal";

    private static readonly Dictionary<string, string> Commands = new(StringComparer.Ordinal)
    {
        ["rehearse"] = "Run azure-pipelines.yml on this machine: its own Git remote, registry and sites, every step for real.",
        ["pack-image"] = "Pack published folders into a multi-architecture image and push it, without an engine and without a base image.",
    };

    /// <summary>What help and completion show of them.</summary>
    public static IEnumerable<Command> CreateAll() => Commands.Select(command => new Command(command.Key, $"{command.Value} Needs {Name}."));

    /// <summary>Runs the tool if the command line names one of its commands; null when it does not.</summary>
    public static async Task<int?> TryRunAsync(RootCommand root, string[] args, CommandEnvironment environment)
    {
        if (!args.Any(Commands.ContainsKey) || !Commands.ContainsKey(root.Parse(args).CommandResult.Command.Name))
        {
            return null;
        }

        try
        {
            using var process = Process.Start(new ProcessStartInfo(ChildProcess.LocateCompanion(Name) ?? Name, args))!;

            // A terminal's Ctrl+C reaches both; what is sent to this process alone is passed on. Either way the other one ends first.
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, static signal => signal.Cancel = true);
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
            {
                signal.Cancel = true;
                ChildProcess.Terminate(process);
            });
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
        catch (Win32Exception exception)
        {
            await environment.Error.WriteLineAsync(
                $"error: {Name} cannot be run: {ChildProcess.StartFault(exception)}: install it (dotnet tool install FaceEdge.PipelineRehearsal), or run it of the source: dotnet run --project deploy-tool/Rehearsal");
            return (int)ExitCode.BadInput;
        }
    }
}
