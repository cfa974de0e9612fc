using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>A virtual machine without its user data starts unconfigured, and nobody can log in.</summary>
internal sealed class VirtualMachineMetadata : SiteRule
{
    public override string Id => "FE5005";

    public override string Summary => "The user data of a VirtualMachine is a ConfigMap of its namespace that starts with #cloud-config";

    public override string Remedy => "describe the ConfigMap with the key user-data";

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
            else if (machine.Root.Text("spec", "vmMetadata", "transport") == "CloudInit" && map.Root.Text("data", "user-data")?.StartsWith("#cloud-config", StringComparison.Ordinal) != true)
            {
                yield return Broken(map, map.Root.At("data", "user-data") ?? map.Root.At("data"), "the key user-data does not start with #cloud-config");
            }
        }
    }
}
