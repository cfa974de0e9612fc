using System.CommandLine;
using System.CommandLine.Help;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.CommandLine;
using FaceEdge.Contracts;
using Spectre.Console;

namespace FaceEdge.Deploy.CommandLine;

/// <summary>
/// The frame around every command: parse, run, render as table or JSON, exit code. Errors are one line on standard error; with
/// <c>--output json</c> they are also an object on standard output.
/// </summary>
internal static class CommandFrame
{
    /// <summary>Time for a command to undo its work after Ctrl+C or SIGTERM before the process ends.</summary>
    private static readonly TimeSpan CancellationGrace = TimeSpan.FromSeconds(10);

    /// <summary>Parses and runs; the result is the process's exit status.</summary>
    public static async Task<int> InvokeAsync(
        RootCommand root, IReadOnlyList<string> args, CommandEnvironment environment, CancellationToken cancellation = default)
    {
        GlobalOptions.AddTo(root);
        KeepPlainHelp(root);
        environment.EnableDefaultExceptionHandler = false;
        environment.ProcessTerminationTimeout = CancellationGrace;
        var parse = root.Parse(args);
        if (UsageError.Of(parse) is { } wrong)
        {
            return Fail(parse, environment, DeployException.BadInput(wrong, UsageError.HelpOf(parse)));
        }

        return await parse.InvokeAsync(environment, cancellation);
    }

    /// <summary>Help by --help and -h: the aliases of other systems would stand in every completion.</summary>
    private static void KeepPlainHelp(RootCommand root)
    {
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            foreach (var alias in help.Aliases.Where(alias => alias is not "-h").ToList())
            {
                help.Aliases.Remove(alias);
            }
        }
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
            try
            {
                if (WantsJson(parse))
                {
                    ResultWriter.WriteJson(result, environment.Output);
                }
                else
                {
                    ResultWriter.WriteTable(result, environment.Output);
                }
            }
            catch (IOException exception) when (result.Landed is not null)
            {
                environment.Error.WriteLine($"note: commit {result.Landed} is made, and the result cannot be written: {OneLine(exception.Message)}");
            }

            return (int)result.ExitCode;
        }
        catch (DeployException exception)
        {
            return Fail(parse, environment, exception);
        }
        catch (ExplainedException exception)
        {
            return Fail(parse, environment, DeployException.Of(exception));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Fail(parse, environment, DeployException.Undecided("interrupted; nothing more was written", "run the command again"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Fail(parse, environment, DeployException.BadInput(exception.Message.TrimEnd('.'), "check the path and its permissions", exception));
        }
        catch (Exception exception)
        {
            return Fail(parse, environment, Internal(parse, environment, exception));
        }
    }

    /// <summary>A fault of the program itself, in one line; the trace when it was asked for.</summary>
    private static DeployException Internal(ParseResult parse, CommandEnvironment environment, Exception exception)
    {
        var isVerbose = parse.GetValue<bool>(GlobalOptions.Verbose);
        if (isVerbose)
        {
            environment.Error.WriteLine(exception);
        }

        return DeployException.Internal(
            $"internal error in {parse.RootCommandResult.Command.Name}: {exception.GetType().Name}: {exception.Message.TrimEnd('.')}",
            isVerbose ? "report it with the trace above" : $"run it again with {GlobalOptions.Verbose} and report the trace",
            exception);
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

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>The JSON result of a command that could not give its own.</summary>
internal sealed record CommandError(string Error, string Remedy, [property: JsonIgnore] ExitCode ExitCode) : ICommandResult
{
    [JsonPropertyName("exitCode")]
    public int Status => (int)ExitCode;

    JsonTypeInfo ICommandResult.JsonType => FrameJson.Default.CommandError;

    void ICommandResult.Render(IAnsiConsole console) => console.WriteLine($"{Error}: {Remedy}");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CommandError))]
internal sealed partial class FrameJson : JsonSerializerContext;
