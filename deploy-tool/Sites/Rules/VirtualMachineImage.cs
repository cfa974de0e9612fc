using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>The edge stack takes the path of an OVA file and adds the scheme itself.</summary>
internal sealed class VirtualMachineImage : SiteRule
{
    public override string Id => "FE5004";

    public override string Summary => "A VirtualMachine names its image as the path of an OVA file without a scheme";

    public override string Remedy => "write host/path/image.ova";

    public override IEnumerable<Finding> Check(SiteView site) => site.Of("VirtualMachine")
        .Where(one => one.Root.Text("spec", "imageName") is { } image && (image.Contains("://", StringComparison.Ordinal) || !image.EndsWith(".ova", StringComparison.OrdinalIgnoreCase)))
        .Select(one => Broken(one, one.Root.At("spec", "imageName"), $"'{one.Root.Text("spec", "imageName")}' is not the path of an OVA file without a scheme"));
}
