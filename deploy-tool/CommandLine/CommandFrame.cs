using System.CommandLine;
using System.CommandLine.Invocation;

namespace FaceEdge.Deploy.CommandLine;

/// <summary>
/// The frame around every command: parse, run, render as table or JSON, exit code. Errors are one line on standard error; with
/// <c>--output json</c> they are also an object on standard output.
/// </summary>
internal static class CommandFrame
{
    /// <summary>Time for a command to undo its work after Ctrl+C or SIGTERM before the process ends.</summary>
    private static readonly TimeSpan CancellationGrace = TimeSpan.FromSeconds(10);

    /// <summary>Parses and runs; the answer is the process's exit status.</summary>
    public static async Task<int> InvokeAsync(
        RootCommand root, IReadOnlyList<string> args, CommandEnvironment environment, CancellationToken cancellation = default)
    {
        GlobalOptions.AddTo(root);
        environment.EnableDefaultExceptionHandler = false;
        environment.ProcessTerminationTimeout = CancellationGrace;
        var parse = root.Parse(args);
        if (parse.Action is ParseErrorAction)
        {
            // A missing subcommand is reported beside the word that was taken for one: the word says more.
            var errors = parse.Errors.Select(error => error.Message.Trim().TrimEnd('.')).ToList();
            var messages = errors.Count > 1 && parse.UnmatchedTokens.Count > 0 ? string.Join("; ", errors.Skip(1)) : string.Join("; ", errors);
            var command = parse.CommandResult.Command;
            return Fail(parse, environment, DeployException.BadInput(messages, $"see {CommandPath(parse, command)} --help"));
        }

        return await parse.InvokeAsync(environment, cancellation);
    }

    /// <summary>Gives <paramref name="command"/> its action: options in, a result value out.</summary>
    public static Command Runs(this Command command, Func<CommandRun, CancellationToken, Task<ICommandResult>> action)
    {
        command.SetAction((parse, cancellation) => RunAsync(parse, action, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parse, Func<CommandRun, CancellationToken, Task<ICommandResult>> action, CancellationToken cancellation)
    {
        var environment = (CommandEnvironment)parse.InvocationConfiguration;
        try
        {
            var result = await action(new CommandRun(parse, environment), cancellation);
            if (WantsJson(parse))
            {
                ResultWriter.WriteJson(result, environment.Output);
            }
            else
            {
                ResultWriter.WriteTable(result, environment.Output);
            }

            return (int)result.ExitCode;
        }
        catch (DeployException exception)
        {
            return Fail(parse, environment, exception);
        }
        catch (Exception exception) when (environment.Explain(exception) is { } explained)
        {
            return Fail(parse, environment, explained);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Fail(parse, environment, DeployException.Undecided("interrupted; nothing more was written", "run the command again"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Fail(parse, environment, DeployException.BadInput(exception.Message.TrimEnd('.'), "check the path and its permissions", exception));
        }
    }

    private static int Fail(ParseResult parse, CommandEnvironment environment, DeployException exception)
    {
        environment.Error.WriteLine($"error: {OneLine(exception.Message)}: {OneLine(exception.Remedy)}");
        if (WantsJson(parse))
        {
            ResultWriter.WriteJson(new CommandError(exception.Message, exception.Remedy, exception.ExitCode), environment.Output);
        }

        return (int)exception.ExitCode;
    }

    private static bool WantsJson(ParseResult parse) =>
        parse.GetResult(GlobalOptions.Output) is { } output
        && output.Tokens.Any(token => token.Value == GlobalOptions.Json);

    private static string CommandPath(ParseResult parse, Command command) =>
        command is RootCommand ? parse.RootCommandResult.Command.Name : $"{parse.RootCommandResult.Command.Name} {command.Name}";

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
