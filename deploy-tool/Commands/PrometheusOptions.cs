using System.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Prometheus;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Commands;

/// <summary>The options of commands that ask the Prometheus which all sites write to.</summary>
internal static class PrometheusOptions
{
    public const string AddressVariable = "DEPLOY_TOOL_PROMETHEUS";
    public const string TokenVariable = "DEPLOY_TOOL_PROMETHEUS_TOKEN";

    private const string Address = "--prometheus";
    private const string TokenFile = "--prometheus-token-file";

    public static void AddTo(Command command)
    {
        command.Add(new Option<string>(Address)
        {
            Description = $"The Prometheus that the sites write to; else ${AddressVariable}, else telemetry.prometheus of the policy.",
            HelpName = "URL",
        });
        command.Add(new Option<string>(TokenFile) { Description = $"File of its token; else ${TokenVariable}.", HelpName = "FILE" });
    }

    /// <summary>A client with the login that file or variable gives; null when no Prometheus is named. The caller disposes it.</summary>
    /// <exception cref="PrometheusException">The address or the token cannot be used.</exception>
    public static PrometheusClient? TryCreateClient(CommandRun run, TelemetryPolicy policy)
    {
        var address = run.Options.GetValue<string>(Address) ?? Variable(AddressVariable) ?? policy.Prometheus;
        if (address is null)
        {
            return null;
        }

        var token = run.Options.GetValue<string>(TokenFile) is { } file ? File.ReadAllText(run.Resolve(file)).Trim() : Variable(TokenVariable);
        return new PrometheusClient(PrometheusServer.Create(address, token), run.Time);
    }

    /// <summary>The same for a command that cannot do without one.</summary>
    /// <exception cref="DeployException">No Prometheus is named.</exception>
    public static PrometheusClient CreateClient(CommandRun run, TelemetryPolicy policy) => TryCreateClient(run, policy)
        ?? throw DeployException.BadInput(
            "no Prometheus is named", $"give {Address} URL, set {AddressVariable}, or write telemetry.prometheus into {DesiredState.SitesFolder}/{PolicyFile.FileName}");

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
