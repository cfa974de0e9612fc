using System.Text.RegularExpressions;
using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>Kubernetes refuses other names (RFC 1123).</summary>
internal sealed partial class NamedObject : SiteRule
{
    public override string Id => "FE2003";

    public override string Summary => "Every object has a name of lower-case letters, digits, dashes and dots";

    public override string Remedy => "give metadata.name a valid name";

    public override IEnumerable<Finding> Check(SiteView site) => site.Objects
        .Where(one => !Name().IsMatch(one.Name))
        .Select(one => Broken(one, one.Root.At("metadata", "name") ?? one.Root.At("metadata"), one.Name.Length == 0 ? "has no name" : $"'{one.Name}' is not a valid name"));

    [GeneratedRegex(@"^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\z")]
    private static partial Regex Name();
}
