using System.CommandLine;
using FaceEdge.CommandLine;
using FaceEdge.Evaluation;
using FaceEdge.ModelPull;
using FaceEdge.Models;

namespace FaceEdge.Commands;

/// <summary>Turns the faults that a command's user can correct into one line on standard error.</summary>
internal static class CommandGuard
{
    /// <summary>The option that every command takes for the trace of an internal error.</summary>
    public static Option<bool> VerboseOption() => new(InternalError.Verbose) { Description = "Show the trace of an internal error.", Recursive = true };

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
                await parsed.InvocationConfiguration.Error.WriteLineAsync(
                    InternalError.Describe("face-detector", exception, showsTrace: parsed.GetValue<bool>(InternalError.Verbose)));
                return InternalError.ExitCode;
            }
        });

    /// <summary>An IOException that nobody has put into words is that of standard output: a full disk behind a redirection.</summary>
    private static bool IsForTheUser(Exception exception)
        => exception is CommandException or EvaluationException or InvalidModelException or InvalidModelSourceException or ModelPullException or IOException;
}
