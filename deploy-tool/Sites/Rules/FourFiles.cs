using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>A site is described by four files; one that is missing is a mistake in copying a folder.</summary>
internal sealed class FourFiles : SiteRule
{
    public override string Id => "FE1002";

    public override string Summary => "A site has configureHost.yaml, face-detector.yaml, vm.yaml and metallb.yaml";

    public override string Remedy => "copy the file from another site of the environment and adapt it";

    public override IEnumerable<Finding> Check(SiteView site) => SiteFiles.All
        .Where(name => site.Files.All(file => Path.GetFileName(file.RelativePath) != name))
        .Select(name => new Finding(Id, Severity, $"{site.Site.RelativePath}/{name}", new SourcePosition(0, 1, 1), "the file is missing", Remedy));
}
