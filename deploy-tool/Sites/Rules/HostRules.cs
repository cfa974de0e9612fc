using System.Text;
using System.Text.Json;
using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>The edge stack reads host configuration from this namespace only.</summary>
internal sealed class HostNamespace() : SiteRule(
    "FE5001",
    "HostConfiguration objects are in the namespace esx-system",
    "set metadata.namespace: esx-system")
{
    public override IEnumerable<Finding> Check(SiteView site) => site.Of("HostConfiguration")
        .Where(one => one.Namespace != "esx-system")
        .Select(one => Broken(one, one.Root.At("metadata", "namespace") ?? one.Root.At("metadata"), "is not in the namespace esx-system"));
}

/// <summary>The profile is JSON in a string: YAML tools do not see what is wrong in it, the host does.</summary>
internal sealed class HostProfile() : SiteRule(
    "FE5002",
    "The profile of a HostConfiguration is a JSON object with the member esx",
    "correct the JSON at this place")
{
    public override IEnumerable<Finding> Check(SiteView site)
    {
        foreach (var one in site.Of("HostConfiguration"))
        {
            if (one.Root.At("spec", "profile") is not YamlScalar profile)
            {
                continue;
            }

            var (message, line) = Read(profile.Value);
            if (message is not null)
            {
                yield return Broken(one.File, PlaceOf(profile, line), $"{one}: {message}");
            }
        }
    }

    private static (string? Message, long Line) Read(string profile)
    {
        try
        {
            using var json = JsonDocument.Parse(profile, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("esx", out var esx) && esx.ValueKind == JsonValueKind.Object
                ? (null, 0)
                : ("the profile is not a JSON object with the member esx", 0);
        }
        catch (JsonException exception)
        {
            return ($"the profile is not JSON: {exception.Message.Split(". ")[0].TrimEnd('.')}", exception.LineNumber ?? 0);
        }
    }

    /// <summary>In a literal block the lines of the text are the lines of the file, from the one after the indicator.</summary>
    private static SourcePosition PlaceOf(YamlScalar profile, long line) =>
        profile.Style == ScalarStyle.Literal ? new SourcePosition(profile.Start.Offset, profile.Start.Line + 1 + (int)line, 1) : profile.Start;
}

/// <summary>The class may live elsewhere on the host, so this is a warning.</summary>
internal sealed class VirtualMachineClassPresent() : SiteRule(
    "FE5003",
    "The class of a VirtualMachine is described in the site",
    "describe the VirtualMachineClass, or make sure that the host has it",
    Severity.Warning)
{
    public override IEnumerable<Finding> Check(SiteView site)
    {
        var classes = site.Of("VirtualMachineClass").Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        return site.Of("VirtualMachine")
            .Where(one => one.Root.Text("spec", "className") is { } name && !classes.Contains(name))
            .Select(one => Broken(one, one.Root.At("spec", "className"), $"is of the class '{one.Root.Text("spec", "className")}', which this site does not describe"));
    }
}

/// <summary>The edge stack takes the path of an OVA file and adds the scheme itself.</summary>
internal sealed class VirtualMachineImage() : SiteRule(
    "FE5004",
    "A VirtualMachine names its image as the path of an OVA file without a scheme",
    "write host/path/image.ova")
{
    public override IEnumerable<Finding> Check(SiteView site) => site.Of("VirtualMachine").Where(one => one.ApiVersion == "vmoperator.vmware.com/v1alpha1")
        .Where(one => one.Root.Text("spec", "imageName") is { } image && (image.Contains("://", StringComparison.Ordinal) || !image.EndsWith(".ova", StringComparison.OrdinalIgnoreCase)))
        .Select(one => Broken(one, one.Root.At("spec", "imageName"), $"'{one.Root.Text("spec", "imageName")}' is not the path of an OVA file without a scheme"));
}

/// <summary>A virtual machine without its user data starts unconfigured, and nobody can log in.</summary>
internal sealed class VirtualMachineMetadata() : SiteRule(
    "FE5005",
    "The user data of a VirtualMachine is a ConfigMap of its namespace in a form that cloud-init reads",
    "describe the ConfigMap with the key user-data, which begins with #cloud-config")
{
    private static readonly string[] Forms =
        ["#cloud-config", "#!", "#include", "#cloud-boothook", "#part-handler", "## template:", "Content-Type: multipart", "MIME-Version:"];

    public override IEnumerable<Finding> Check(SiteView site)
    {
        foreach (var machine in site.Of("VirtualMachine"))
        {
            if (machine.Root.Text("spec", "vmMetadata", "configMapName") is not { } name)
            {
                continue;
            }

            var map = site.Find("ConfigMap", machine.Namespace, name);
            if (map is null)
            {
                yield return Broken(machine, machine.Root.At("spec", "vmMetadata", "configMapName"), $"takes its user data from ConfigMap/{name}, which this site does not have");
            }
            else if (machine.Root.Text("spec", "vmMetadata", "transport") == "CloudInit" && !IsCloudInit(map.Root))
            {
                yield return Broken(map, map.Root.At("data", "user-data") ?? map.Root.At("data"), "holds neither user-data that cloud-init reads (#cloud-config, #!, …) nor a networkconfig");
            }
        }
    }

    /// <summary>The forms of user data that cloud-init tells apart by their first line, in clear or as base64.</summary>
    private static bool IsCloudInit(YamlNode map)
    {
        if (map.Text("data", "user-data") is not { } data)
        {
            return map.At("data", "networkconfig") is not null || map.At("data", "network-config") is not null || map.At("binaryData", "user-data") is not null;
        }

        return Forms.Any(form => data.StartsWith(form, StringComparison.Ordinal)) || IsBase64(data);
    }

    private static bool IsBase64(string data)
    {
        var bytes = new byte[data.Length];
        return Convert.TryFromBase64String(data, bytes, out var length)
            && (bytes is [0x1F, 0x8B, ..] || Forms.Any(form => Encoding.UTF8.GetString(bytes.AsSpan(0, length)).StartsWith(form, StringComparison.Ordinal)));
    }
}
