using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites;

/// <summary>Reads sites/environments.yaml, the operator's policy: every key must be known and every value in range.</summary>
internal static class PolicyFile
{
    /// <summary>Name of the file in the sites folder.</summary>
    public const string FileName = "environments.yaml";

    /// <summary>Reads the policy from bytes.</summary>
    /// <returns>The policy, or null and every fault found.</returns>
    public static (DeliveryPolicy? Policy, IReadOnlyList<YamlFault> Faults) Parse(ReadOnlySpan<byte> bytes)
    {
        if (YamlFile.TryParse(bytes, out var file) is { } fault)
        {
            return (null, [fault]);
        }

        if (file.Documents is not [var document])
        {
            return (null, [new YamlFault(new SourcePosition(0, 1, 1), $"the file must hold one document, not {file.Documents.Count}")]);
        }

        var faults = new List<YamlFault>();
        var policy = Read(new YamlMappingReader(document.Root, "", faults));
        return (faults.Count == 0 ? policy : null, [.. faults.OrderBy(one => one.Position.Offset)]);
    }

    private static DeliveryPolicy Read(YamlMappingReader reader)
    {
        if (reader.RequiredText("version") is not ("1" or ""))
        {
            reader.Fault("version", "only version 1 is known; a newer deploy-tool may read this file");
        }

        var image = ReadImage(reader.RequiredMapping("image"));
        var environments = reader.Mappings("environments").Select(ReadEnvironment).ToList();
        if (environments.Count == 0)
        {
            reader.Fault("environments", "name at least one environment, in promotion order");
        }

        foreach (var name in environments.GroupBy(one => one.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            reader.Fault("environments", $"'{name.Key}' is named twice");
        }

        if (environments is [{ Gates: { Soak: not null } or { SiteCheck: not null } or { Telemetry: not null } }, ..])
        {
            reader.Fault("environments", $"'{environments[0].Name}' is the first environment, so no environment before it can give soak, siteCheck or telemetry");
        }

        var mayDiffer = ReadMayDiffer(reader);
        var strict = reader.Flag("strict") ?? false;
        var telemetry = ReadTelemetry(reader.Mapping("telemetry"));
        var pullRequests = ReadPullRequests(reader.Mapping("pullRequests"));
        reader.Finish();
        return new DeliveryPolicy(image, environments, mayDiffer, strict) { Telemetry = telemetry, PullRequests = pullRequests };
    }

    private static PullRequestPolicy ReadPullRequests(YamlMappingReader? reader)
    {
        var defaults = PullRequestPolicy.Default;
        if (reader is null)
        {
            return defaults;
        }

        var address = reader.Text("address");
        if (address is not null && !IsAddress(address))
        {
            reader.Fault("address", "must be the http address of the repository's page without a user in it, such as https://github.com/faceedge/sites");
        }

        var host = reader.Text("host");
        if (host is not (null or PullRequestPolicy.GitHub or PullRequestPolicy.AzureRepos))
        {
            reader.Fault("host", $"'{host}' must be {PullRequestPolicy.GitHub} or {PullRequestPolicy.AzureRepos}");
        }

        var labels = reader.Node("labels") is not null ? reader.Texts("labels") : defaults.Labels;
        var policy = new PullRequestPolicy(address, host, labels, reader.Flag("autoComplete") ?? defaults.AutoComplete);
        reader.Finish();
        return policy;
    }

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0;

    private static TelemetryPolicy ReadTelemetry(YamlMappingReader? reader)
    {
        var defaults = TelemetryPolicy.Default;
        if (reader is null)
        {
            return defaults;
        }

        var address = reader.Text("prometheus");
        if (address is not null && !IsAddress(address))
        {
            reader.Fault("prometheus", "must be an http address without a user in it, such as https://prometheus.example.com");
        }

        var policy = new TelemetryPolicy(
            address, reader.Duration("silentAfter") ?? defaults.SilentAfter, reader.Duration("updateWithin") ?? defaults.UpdateWithin);
        reader.Finish();
        return policy;
    }

    private static List<AllowedDifference> ReadMayDiffer(YamlMappingReader reader)
    {
        var allowed = new List<AllowedDifference>();
        foreach (var text in reader.Texts("mayDiffer"))
        {
            if (AllowedDifference.TryParse(text, out var difference))
            {
                allowed.Add(difference);
            }
            else
            {
                reader.Fault("mayDiffer", $"'{text}' must be kind/name and a path, such as ConfigMap/face-detector data.Site__Name");
            }
        }

        return allowed;
    }

    private static ImagePolicy ReadImage(YamlMappingReader? reader)
    {
        if (reader is null)
        {
            return new ImagePolicy("", []);
        }

        var repository = reader.RequiredText("repository");
        if (repository.Length > 0 && (!ImageReference.TryParse(repository, out var reference) || reference.Tag is not null || reference.Digest is not null))
        {
            reader.Fault("repository", $"'{repository}' must be registry and name alone, such as registry.example.com/faceedge/face-detector");
        }

        var platforms = reader.Texts("platforms");
        foreach (var platform in platforms.Where(one => one.Split('/') is not [{ Length: > 0 }, { Length: > 0 }]))
        {
            reader.Fault("platforms", $"'{platform}' must be os/architecture, such as linux/arm64");
        }

        if (platforms.Count == 0)
        {
            reader.Fault("platforms", "name at least one platform, such as linux/amd64");
        }

        reader.Finish();
        return new ImagePolicy(repository, platforms);
    }

    private static SiteEnvironment ReadEnvironment(YamlMappingReader reader)
    {
        var name = reader.RequiredText("name");
        if (name.Length > 0 && !SiteTree.IsFolderName(name))
        {
            reader.Fault("name", $"'{name}' must be lower-case letters, digits and dashes, since it is a folder's name too");
        }
        else if (SiteTree.IsSource(name))
        {
            reader.Fault("name", $"'{name}' is the folder that sites are rendered from; take another name");
        }

        var gates = reader.Mapping("gates") is { } mapping ? GatePolicyReader.Read(mapping) : GatePolicy.None;
        reader.Finish();
        return new SiteEnvironment(name, gates);
    }
}
