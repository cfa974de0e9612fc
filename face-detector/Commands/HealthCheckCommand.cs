using System.CommandLine;
using System.CommandLine.Parsing;
using FaceEdge.Configuration;

namespace FaceEdge.Commands;

/// <summary><c>face-detector healthcheck</c>: asks the service on this machine whether it lives, for containers without a shell or curl.</summary>
internal static class HealthCheckCommand
{
    /// <summary>Where a service with this environment answers.</summary>
    private static readonly Uri DefaultUrl = ListenAddresses.OwnHealth(
        new ConfigurationBuilder().AddEnvironmentVariables("DOTNET_").AddEnvironmentVariables("ASPNETCORE_").Build());

    /// <summary>Below the 3 s after which the image's HEALTHCHECK gives up, so that the reason is still printed.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(2.5);

    public static Command Create()
    {
        var url = new Option<Uri>("--url")
        {
            Description = $"What to ask. Default: {DefaultUrl}",
            HelpName = "URL",
            DefaultValueFactory = _ => DefaultUrl,
            CustomParser = ReadUrl,
        };
        var command = new Command("healthcheck", "Exits 0 when the service on this machine answers that it lives, else 1.") { url };
        command.SetGuardedAction((parsed, cancellationToken) => AskAsync(parsed.GetRequiredValue(url), parsed.InvocationConfiguration.Error, cancellationToken));
        return command;
    }

    private static Uri? ReadUrl(ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        result.AddError($"--url is '{result.Tokens[0].Value}': an http address such as {DefaultUrl}");
        return null;
    }

    private static async Task<int> AskAsync(Uri url, TextWriter error, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = AnswerTimeout };
        try
        {
            using var response = await client.GetAsync(url, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return ExitCode.Done;
            }

            await error.WriteLineAsync($"{url} answered {(int)response.StatusCode}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            await error.WriteLineAsync($"{url} does not answer: {exception.Message}");
        }

        return ExitCode.Failed;
    }
}
