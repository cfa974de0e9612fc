using System.CommandLine;
using FaceEdge.Evaluation;
using FaceEdge.ModelPull;
using FaceEdge.Models;

namespace FaceEdge.Commands;

/// <summary>Turns the faults that a command's user can correct into one line on standard error.</summary>
internal static class CommandGuard
{
    private const string Verbose = "--verbose";

    /// <summary>The option that every command takes for the trace of an error that is nobody's but the program's.</summary>
    public static Option<bool> VerboseOption() => new(Verbose) { Description = "Show the trace of an error of the program's own.", Recursive = true };

    public static void SetGuardedAction(this Command command, Func<ParseResult, CancellationToken, Task<int>> action)
        => command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                return await action(parsed, cancellationToken);
            }
            catch (Exception exception) when (IsForTheUser(exception))
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(exception.Message);
                return ExitCode.WrongInput;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                var isVerbose = parsed.GetResult(Verbose) is not null;
                var error = parsed.InvocationConfiguration.Error;
                if (isVerbose)
                {
                    await error.WriteLineAsync(exception.ToString());
                }

                await error.WriteLineAsync(
                    $"error: an error of face-detector's own: {exception.GetType().Name}: {exception.Message} "
                    + (isVerbose ? "Report it with the trace above." : $"Run it again with {Verbose} and report the trace."));
                return ExitCode.Internal;
            }
        });

    /// <summary>An IOException that nobody has put into words is that of standard output: a full disk behind a redirection.</summary>
    private static bool IsForTheUser(Exception exception)
        => exception is CommandException or EvaluationException or InvalidModelException or InvalidModelSourceException or ModelPullException or IOException;
}
