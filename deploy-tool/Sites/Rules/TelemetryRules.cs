using System.Text;
using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>Prometheus refuses to start on a configuration that it cannot read; the address of the centre is the one thing that each operator changes in it.</summary>
internal sealed class AgentConfiguration() : SiteRule(
    "FE7001",
    "The telemetry agent's configuration is YAML, and sends to no more than one address, by https",
    "write remote_write with one url: https://…, or remote_write: [] to send nothing")
{
    public override IEnumerable<Finding> Check(SiteView site)
    {
        foreach (var configuration in AgentText.Of(site))
        {
            if (configuration.Fault is { } fault)
            {
                yield return Broken(configuration.Owner.File, configuration.PlaceOf(fault.Position), $"{configuration.Owner}: the configuration is not YAML: {fault.Message}");
                continue;
            }

            var addresses = (configuration.Root?.ItemsAt("remote_write") ?? []).ToList();
            if (addresses.Count > 1)
            {
                yield return Broken(configuration.Owner.File, configuration.PlaceOf(addresses[1].Start), $"{configuration.Owner}: sends to {addresses.Count} addresses");
            }

            foreach (var address in addresses)
            {
                if (!Uri.TryCreate(address.Text("url"), UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps)
                {
                    yield return Broken(configuration.Owner.File, configuration.PlaceOf((address.At("url") ?? address).Start), $"{configuration.Owner}: the address to send to is not an https one");
                }
            }
        }
    }
}

/// <summary>A folder that was copied and not adapted would report under another site's name, and gates would judge the wrong one.</summary>
internal sealed class AgentLabels() : SiteRule(
    "FE7002",
    "The telemetry agent says of which site and environment it is by the names of the folders",
    $"write the folder's name into {TelemetryAgent.SiteVariable} and the environment's into {TelemetryAgent.EnvironmentVariable}")
{
    public override IEnumerable<Finding> Check(SiteView site)
    {
        (string Variable, string Expected)[] labels = [(TelemetryAgent.SiteVariable, site.Site.Name), (TelemetryAgent.EnvironmentVariable, site.Site.Environment)];
        return from pod in AgentText.Pods(site)
               from container in pod.Containers
               from label in labels
               let variable = container.Node.ItemsAt("env").FirstOrDefault(one => one.Text("name") == label.Variable)
               where variable?.Text("value") != label.Expected
               select Broken(
                   pod.Owner,
                   variable?.At("value") ?? variable ?? container.Node,
                   variable is null ? $"{container} has no variable {label.Variable}" : $"{container}: {label.Variable} is '{variable.Text("value")}', but the folder says '{label.Expected}'");
    }
}

/// <summary>What waits to be sent grows while the line is away; a full disk of the host would stop the service too.</summary>
internal sealed class AgentStorage() : SiteRule(
    "FE7003",
    "The telemetry agent keeps what it has not sent on an emptyDir with a sizeLimit",
    "mount an emptyDir with a sizeLimit at the path of --storage.agent.path")
{
    private const string Option = "--storage.agent.path=";

    public override IEnumerable<Finding> Check(SiteView site)
    {
        foreach (var pod in AgentText.Pods(site))
        {
            foreach (var container in pod.Containers)
            {
                var path = container.Node.ItemsAt("args").OfType<YamlScalar>().FirstOrDefault(one => one.Value.StartsWith(Option, StringComparison.Ordinal))?.Value[Option.Length..];
                var mount = container.Node.ItemsAt("volumeMounts").FirstOrDefault(one => one.Text("mountPath") == path);
                var volume = pod.Node.ItemsAt("spec", "volumes").FirstOrDefault(one => mount is not null && one.Text("name") == mount.Text("name"));
                if (volume?.Text("emptyDir", "sizeLimit") is null)
                {
                    yield return Broken(pod.Owner, volume ?? mount ?? container.Node, $"{container} keeps what it has not sent where nothing bounds it");
                }
            }
        }
    }
}

/// <summary>The token opens the centre to whoever reads it; a site that does not have it yet must start all the same.</summary>
internal sealed class AgentToken() : SiteRule(
    "FE6003",
    "The telemetry agent reads its token from a file of an optional Secret",
    "write authorization.credentials_file, the path of a Secret's volume with optional: true, and make the Secret at the site")
{
    /// <summary>Keys of Prometheus's configuration whose value is a credential (https://prometheus.io/docs/prometheus/latest/configuration/configuration/).</summary>
    private static readonly string[] CredentialKeys = ["credentials", "password", "bearer_token", "client_secret", "access_key", "secret_key", "key"];

    public override IEnumerable<Finding> Check(SiteView site)
    {
        var inText = from configuration in AgentText.Of(site)
                     from entry in Entries(configuration.Root)
                     where CredentialKeys.Contains(entry.Name) && entry.Value.Resolved is YamlScalar
                     select Broken(configuration.Owner.File, configuration.PlaceOf(entry.Key.Start), $"{configuration.Owner}: a value for '{entry.Name}' stands here in clear text");
        var required = from pod in AgentText.Pods(site)
                       from volume in pod.Node.ItemsAt("spec", "volumes")
                       let secret = volume.At("secret")
                       where secret is not null && secret.Text("optional") != "true"
                       select Broken(pod.Owner, secret, $"does not start without Secret/{secret.Text("secretName")}");
        return inText.Concat(required);
    }

    private static IEnumerable<YamlEntry> Entries(YamlNode? node) => node switch
    {
        YamlMapping mapping => mapping.Entries.Concat(mapping.Entries.SelectMany(entry => Entries(entry.Value))),
        YamlSequence sequence => sequence.Items.SelectMany(Entries),
        _ => [],
    };
}

/// <summary>The configuration that stands as a text in the agent's ConfigMap.</summary>
/// <param name="Owner">The ConfigMap.</param>
/// <param name="Text">Where the text stands.</param>
/// <param name="Root">Its first document; an empty text has none.</param>
/// <param name="Fault">Why it is not YAML; null when it is.</param>
internal sealed record AgentText(KubernetesObject Owner, YamlScalar Text, YamlNode? Root, YamlFault? Fault)
{
    public static IEnumerable<PodTemplate> Pods(SiteView site) => site.Pods.Where(pod => pod.Owner.Selector == TelemetryAgent.Deployment);

    public static IEnumerable<AgentText> Of(SiteView site)
    {
        foreach (var owner in site.Objects.Where(one => one.Selector == TelemetryAgent.Configuration))
        {
            if (owner.Root.At("data", TelemetryAgent.ConfigurationKey) is YamlScalar text)
            {
                var fault = YamlFile.TryParse(Encoding.UTF8.GetBytes(text.Value), out var file);
                yield return new AgentText(owner, text, file?.Documents is [var document, ..] ? document.Root : null, fault);
            }
        }
    }

    /// <summary>A place within the text as a place of the file: exact in a literal block, whose lines are the file's own; otherwise where the text begins.</summary>
    public SourcePosition PlaceOf(SourcePosition inner) =>
        Text.Style == ScalarStyle.Literal ? new SourcePosition(Text.Start.Offset, Text.Start.Line + inner.Line, 1) : Text.Start;
}

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
