using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace FaceEdge.Deploy.Oci.Credentials;

/// <summary>Asks <c>docker-credential-NAME get</c> (github.com/docker/docker-credential-helpers, README).</summary>
internal static class CredentialHelper
{
    /// <summary>The user name by which a helper says that the secret is an identity token.</summary>
    private const string IdentityTokenUser = "<token>";

    /// <summary>The stored login; null when the helper has none.</summary>
    public static async Task<RegistryCredentials?> AskAsync(string name, string registry, CancellationToken cancellation)
    {
        var program = $"docker-credential-{name}";
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["get"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            await AskAsync(process, registry);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            var answer = await process.StandardOutput.ReadToEndAsync(cancellation);
            await errors;
            await process.WaitForExitAsync(cancellation);

            // A helper that has no login for this registry says so by failing.
            return process.ExitCode == 0 ? Read(answer) : null;
        }
        catch (Win32Exception exception)
        {
            throw RegistryException.Unusable($"{program} cannot be run: {exception.Message}", "install it, or give --username and --password-stdin", exception);
        }
    }

    private static async Task AskAsync(Process process, string registry)
    {
        try
        {
            await using var input = process.StandardInput;
            await input.WriteLineAsync(registry);
        }
        catch (IOException)
        {
            // The helper ended without reading the question; whether it has an answer is in its output and exit code.
        }
    }

    private static RegistryCredentials? Read(string answer)
    {
        using var document = JsonDocument.Parse(answer);
        var username = JsonText.Of(document.RootElement, "Username");
        return (username, JsonText.Of(document.RootElement, "Secret")) switch
        {
            (IdentityTokenUser, { Length: > 0 } token) => new RegistryCredentials("", "", token),
            ({ Length: > 0 }, { Length: > 0 } secret) => new RegistryCredentials(username, secret),
            _ => null,
        };
    }
}
