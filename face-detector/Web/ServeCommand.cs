using System.CommandLine;
using FaceEdge.CommandLine;
using FaceEdge.Configuration;
using FaceEdge.Models;
using FaceEdge.Streaming;
using FaceEdge.Telemetry;
using Microsoft.AspNetCore.Connections;

namespace FaceEdge.Web;

/// <summary><c>face-detector serve</c>: the service; what runs when no command is named.</summary>
internal static class ServeCommand
{
    private const string Name = "face-detector";
    private const string Verb = "serve";
    private const int PortTaken = 1;
    private const int CameraFailed = 1;
    private const int WrongSettings = 2;

    public static Command Create()
    {
        var command = new Command(Verb, "Serves the cameras' frames with boxes on port 8080 (the default command).");
        MakeDefault(command);
        return command;
    }

    /// <summary>Whether a command line asks for the service.</summary>
    public static bool IsAskedFor(ParseResult parsed) => parsed.CommandResult.Command is RootCommand or { Name: Verb };

    /// <summary>Lets a command serve; what it does not know goes to the configuration, as in --Detector:Mode=eyes.</summary>
    public static void MakeDefault(Command command)
    {
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) => parsed.UnmatchedTokens is [var word, ..] && !IsSetting(word)
            ? RefuseAsync(parsed, word)
            : RunAsync([.. parsed.UnmatchedTokens], parsed.GetValue<bool>(InternalError.Verbose), cancellationToken));
    }

    /// <summary>A setting is --Key=value, --Key value, /Key=value or Key=value; another word in its place is a command that there is not.</summary>
    private static bool IsSetting(string word) => word is ['-' or '/', ..] || word.Contains('=', StringComparison.Ordinal);

    private static async Task<int> RefuseAsync(ParseResult parsed, string word)
    {
        await parsed.InvocationConfiguration.Error.WriteLineAsync(
            $"error: {UsageError.UnknownCommand(parsed.RootCommandResult.Command, word)}: {UsageError.HelpOf(parsed)}");
        return WrongSettings;
    }

    /// <summary>Serves until told to stop.</summary>
    /// <param name="settings">As --Key=value, on top of appsettings.json and the environment.</param>
    /// <param name="isVerbose">Whether the trace is shown of a start that fails in a way that nobody foresaw.</param>
    /// <param name="cancellationToken">Stops the service.</param>
    /// <returns>
    /// 0; 1 when the port is taken or a camera could not go on; 2 when the settings, the address to listen on or the model are at fault; 70 for an
    /// internal error.
    /// </returns>
    public static async Task<int> RunAsync(string[] settings, bool isVerbose, CancellationToken cancellationToken)
    {
        var runs = RunLog.Begin(Environment.GetEnvironmentVariable(ModelStore.CacheVariable));
        var end = RunEnd.Failed;

        // What ended a running service cannot be reproduced by starting it with --verbose.
        AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
        {
            Console.Error.WriteLine(InternalError.Describe(Name, (Exception)unhandled.ExceptionObject, showsTrace: true));
            runs.End(RunEnd.Failed);
            Environment.Exit(InternalError.ExitCode);
        };
        try
        {
            var exitCode = await ServeAsync(settings, runs, isVerbose, cancellationToken);
            end = exitCode == 0 ? RunEnd.Stopped : RunEnd.Failed;
            return exitCode;
        }
        finally
        {
            runs.End(end);
        }
    }

    private static async Task<int> ServeAsync(string[] settings, RunLog runs, bool isVerbose, CancellationToken cancellationToken)
    {
        var showsTrace = isVerbose;
        try
        {
            await using var app = ServiceHost.Build(settings, builder => builder.Services.AddSingleton(runs));

            // Noted when it is asked to stop, not only when it has: what is killed at the end of its grace was asked too.
            app.Lifetime.ApplicationStopping.Register(() => runs.End(app.Services.GetRequiredService<CameraSet>().HasFailed ? RunEnd.Failed : RunEnd.Stopped));
            if (await StartAsync(app, cancellationToken) is { } exitCode)
            {
                return exitCode;
            }

            showsTrace = true;
            await app.WaitForShutdownAsync(cancellationToken);
            return app.Services.GetRequiredService<CameraSet>().HasFailed ? CameraFailed : 0;
        }
        catch (Exception exception) when (exception is SettingsException or InvalidModelException or InvalidModelSourceException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return WrongSettings;
        }
        catch (InvalidDataException exception)
        {
            // appsettings.json is not JSON; the inner message says where.
            await Console.Error.WriteLineAsync($"{exception.Message} {exception.InnerException?.Message}".TrimEnd());
            return WrongSettings;
        }
        catch (InvalidOperationException exception) when (exception.Source is "Microsoft.Extensions.Logging.Configuration" or "Microsoft.Extensions.Configuration.Binder")
        {
            // The section Logging is read by .NET itself: a level that there is not, a switch that is neither true nor false.
            await Console.Error.WriteLineAsync($"Logging: {exception.Message}");
            return WrongSettings;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(InternalError.Describe(Name, exception, showsTrace));
            return InternalError.ExitCode;
        }
    }

    /// <summary>Null when the service has begun to listen, else how the program ends.</summary>
    private static async Task<int?> StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
            return null;
        }
        catch (Exception exception) when (ListenFault.Of(exception, app.Configuration) is { } line)
        {
            await Console.Error.WriteLineAsync(line);
            return exception.InnerException is AddressInUseException ? PortTaken : WrongSettings;
        }
    }
}
