using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>The class may live elsewhere on the host, so this is a warning.</summary>
internal sealed class VirtualMachineClassPresent : SiteRule
{
    public override string Id => "FE5003";

    public override string Summary => "The class of a VirtualMachine is described in the site";

    public override string Remedy => "describe the VirtualMachineClass, or make sure that the host has it";

    public override Severity Severity => Severity.Warning;

    public override IEnumerable<Finding> Check(SiteView site)
    {
        var classes = site.Of("VirtualMachineClass").Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        return site.Of("VirtualMachine")
            .Where(one => one.Root.Text("spec", "className") is { } name && !classes.Contains(name))
            .Select(one => Broken(one, one.Root.At("spec", "className"), $"is of the class '{one.Root.Text("spec", "className")}', which this site does not describe"));
    }
}
