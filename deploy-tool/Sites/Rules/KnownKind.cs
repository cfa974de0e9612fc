using FaceEdge.Deploy.Sites.Schema;
using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>A kind that the host does not know fails the whole apply.</summary>
internal sealed class KnownKind : SiteRule
{
    public override string Id => "FE2001";

    public override string Summary => "Every object is of a kind that the edge stack knows";

    public override string Remedy => "correct apiVersion and kind";

    public override IEnumerable<Finding> Check(SiteView site) => site.Objects
        .Where(one => KindCatalogue.Find(one.ApiVersion, one.Kind) is null)
        .Select(one => Broken(one, one.Root.At("kind") ?? one.Root.At("apiVersion"), $"'{one.ApiVersion} {one.Kind}' is not a kind that the edge stack knows"));
}
