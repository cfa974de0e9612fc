using System.ComponentModel;
using System.Text;
using System.Text.Json;
using FaceEdge.Contracts;

namespace FaceEdge.Deploy.Oci.Credentials;

/// <summary>Asks <c>docker-credential-NAME get</c> (github.com/docker/docker-credential-helpers, README).</summary>
internal static class CredentialHelper
{
    /// <summary>The user name by which a helper says that the secret is an identity token.</summary>
    private const string IdentityTokenUser = "<token>";

    /// <summary>What a helper prints when it has no login for a registry (docker-credential-helpers, credentials/error.go).</summary>
    private const string NotFound = "credentials not found in native keychain";

    /// <summary>A helper reads a keychain, or asks a cloud for a token; one that takes longer waits for somebody who is not there.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>The stored login; null when the helper has none.</summary>
    /// <exception cref="RegistryException">It cannot be run, fails, does not end, or answers what is no login.</exception>
    public static Task<RegistryCredentials?> AskAsync(string name, string registry, CancellationToken cancellation) => AskAsync(name, registry, Limit, cancellation);

    internal static async Task<RegistryCredentials?> AskAsync(string name, string registry, TimeSpan limit, CancellationToken cancellation)
    {
        var program = $"docker-credential-{name}";
        ProcessResult helper;
        try
        {
            helper = await ChildProcess.RunAsync(
                ChildProcess.Piped(program, "get"), limit, cancellation, async input => await input.WriteAsync(Encoding.UTF8.GetBytes(registry + "\n"), CancellationToken.None));
        }
        catch (Win32Exception exception)
        {
            throw RegistryException.Unusable($"{program} cannot be run: {ChildProcess.StartFault(exception)}", "install it, or give --username and --password-stdin", exception);
        }

        return helper switch
        {
            { Stopped: not null } => throw Failed(program, $"no answer within {limit.TotalSeconds:0} s"),
            { ExitCode: 0 } => Read(program, helper.Output, helper.Error),
            _ when helper.Output.Trim() == NotFound => null,
            _ => throw Failed(program, FirstLine(helper.Error) ?? FirstLine(helper.Output) ?? "no word of why", $" (exit code {helper.ExitCode})"),
        };
    }

    private static RegistryException Failed(string program, string words, string status = "") =>
        RegistryException.Unavailable($"{program} gives no login: {words}{status}", "log in again with it, or give --username and --password-stdin");

    private static string? FirstLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() is { } line ? Sanitize.Of(line).TrimEnd('.') : null;

    private static RegistryCredentials? Read(string program, string output, string said)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            var username = JsonText.Of(document.RootElement, "Username");
            return (username, JsonText.Of(document.RootElement, "Secret")) switch
            {
                (IdentityTokenUser, { Length: > 0 } token) => new RegistryCredentials("", "", token),
                ({ Length: > 0 }, { Length: > 0 } secret) => new RegistryCredentials(username, secret),
                _ => null,
            };
        }
        catch (JsonException)
        {
            // The answer may hold a secret beside what is wrong with it: only what comes before its first brace is shown.
            throw Failed(program, FirstLine(output.Split('{')[0]) ?? FirstLine(said) ?? (output.Trim().Length == 0 ? "it says nothing" : "its answer is not JSON"));
        }
    }
}
