using System.CommandLine;
using FaceEdge.CommandLine;
using FaceEdge.Web;

namespace FaceEdge.Commands;

/// <summary>The commands of face-detector, one line each; without one, it serves.</summary>
internal static class CommandSet
{
    public static RootCommand Create()
    {
        var root = new RootCommand("Finds faces or eyes in a camera's frames and serves them to a web page.")
        {
            ServeCommand.Create(),
            DetectCommand.Create(),
            EvalCommand.Create(),
            CompareCommand.Create(),
            ModelsCommand.Create(),
            DemoCommand.Create(),
            HealthCheckCommand.Create(),
        };
        root.Add(CommandGuard.VerboseOption());
        ServeCommand.MakeDefault(root);
        return root;
    }

    /// <summary>Parses and runs; the answer is the process's exit status. A wrong command line is told in one line.</summary>
    public static async Task<int> InvokeAsync(IReadOnlyList<string> args, InvocationConfiguration surroundings, CancellationToken cancellationToken)
    {
        var parsed = Create().Parse(args);
        if (UsageError.Of(parsed) is not { } wrong)
        {
            if (ServeCommand.IsAskedFor(parsed))
            {
                // Signals are the host's alone: the parser would end the program while the service still starts, or takes its time to stop.
                surroundings.ProcessTerminationTimeout = null;
            }

            return await parsed.InvokeAsync(surroundings, cancellationToken);
        }

        await surroundings.Error.WriteLineAsync($"error: {wrong}: {UsageError.HelpOf(parsed)}");
        return ExitCode.WrongInput;
    }
}
