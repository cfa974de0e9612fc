using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>Flux applies nothing of a folder in which one file does not parse.</summary>
internal sealed class ValidYaml : SiteRule
{
    public override string Id => "FE1001";

    public override string Summary => "Every file is a UTF-8 YAML stream";

    public override string Remedy => "correct the YAML at this place";

    public override IEnumerable<Finding> Check(SiteView site) =>
        site.Files.Where(file => file.Fault is not null).Select(file => Broken(file, file.Fault!.Position, file.Fault.Message));
}
