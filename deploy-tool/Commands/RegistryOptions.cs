using System.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Oci.Credentials;

namespace FaceEdge.Deploy.Commands;

/// <summary>The options of commands that ask a registry.</summary>
internal static class RegistryOptions
{
    private const string Username = "--username";
    private const string PasswordStdin = "--password-stdin";
    private const string Insecure = "--insecure";

    public static void AddTo(Command command)
    {
        command.Add(new Option<string>(Username)
        {
            Description = $"User at the registry; else ${CredentialChain.UsernameVariable}, else Docker's stored login.",
            HelpName = "NAME",
        });
        command.Add(new Option<bool>(PasswordStdin) { Description = "Read the registry's password or token from standard input." });
        command.Add(new Option<bool>(Insecure) { Description = "Speak plain http to the registry; loopback hosts need no asking." });
    }

    /// <summary>A client with the login that the command line gives. The caller disposes it.</summary>
    public static async Task<RegistryClient> CreateClientAsync(CommandRun run, CancellationToken cancellation)
    {
        var username = run.Options.GetValue<string>(Username);
        var fromInput = run.Options.GetValue<bool>(PasswordStdin);
        if ((username is not null) != fromInput)
        {
            throw DeployException.BadInput($"{Username} and {PasswordStdin} belong together", "give both, or neither");
        }

        RegistryCredentials? given = null;
        if (username is not null)
        {
            var password = (await run.Environment.Input.ReadToEndAsync(cancellation)).TrimEnd('\r', '\n');
            given = new RegistryCredentials(username, password);
        }

        var options = new RegistryClientOptions(CredentialChain.Create(given), run.Options.GetValue<bool>(Insecure));
        return new RegistryClient(new RegistryHttp(options, run.Time));
    }
}
