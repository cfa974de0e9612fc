using FaceEdge.Deploy.Sites.Schema;
using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>Flux applies server-side: one unknown field fails the apply (field not declared in schema).</summary>
internal sealed class StrictSchema : SiteRule
{
    public override string Id => "FE2002";

    public override string Summary => "Objects hold only fields that their schema knows, of the right type, and none is missing";

    public override string Remedy => "follow the schema of the kind";

    public override IEnumerable<Finding> Check(SiteView site) => site.Objects.SelectMany(one =>
        KindCatalogue.Find(one.ApiVersion, one.Kind) is { } type
            ? SchemaCheck.Run(one.Root, type).Select(fault => Broken(one.File, fault.Position, $"{one}: {fault.Message}"))
            : []);
}
