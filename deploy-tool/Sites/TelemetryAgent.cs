using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites;

/// <summary>
/// The Prometheus in agent mode that a site's telemetry.yaml brings: what the objects are called, and how its configuration is found. What it sends is
/// labelled with the variables <see cref="SiteVariable"/> and <see cref="EnvironmentVariable"/>, by which deploy-tool knows a site.
/// </summary>
internal static class TelemetryAgent
{
    public const string SiteVariable = "SITE";
    public const string EnvironmentVariable = "ENVIRONMENT";

    /// <summary>Key of the ConfigMap, and name of the file that Prometheus reads.</summary>
    public const string ConfigurationKey = "agent.yaml";

    public static readonly DocumentSelector Deployment = new("Deployment", "telemetry-agent");
    public static readonly DocumentSelector Configuration = new("ConfigMap", "telemetry-agent");
}
