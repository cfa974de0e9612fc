using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>Of two objects with one name the later one wins, silently.</summary>
internal sealed class UniqueObjects : SiteRule
{
    public override string Id => "FE1004";

    public override string Summary => "A site describes each object once";

    public override string Remedy => "rename one of the objects or delete it";

    public override IEnumerable<Finding> Check(SiteView site) => site.Objects
        .GroupBy(one => (one.Group, one.Kind, one.Namespace, one.Name))
        .SelectMany(group => group.Skip(1).Select(second =>
            Broken(second, null, $"is described in {group.First().File.RelativePath}:{group.First().Root.Start.Line} already")));
}
