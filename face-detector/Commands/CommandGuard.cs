using System.CommandLine;
using FaceEdge.Evaluation;
using FaceEdge.ModelPull;
using FaceEdge.Models;

namespace FaceEdge.Commands;

/// <summary>Turns the faults that a command's user can mend into one line on standard error.</summary>
internal static class CommandGuard
{
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
        });

    /// <summary>An IOException that nobody has put into words is that of standard output: a full disk behind a redirection.</summary>
    private static bool IsForTheUser(Exception exception)
        => exception is CommandException or EvaluationException or InvalidModelException or InvalidModelSourceException or ModelPullException or IOException;
}
