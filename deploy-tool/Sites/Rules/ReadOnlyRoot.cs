using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>What cannot be written cannot be replaced; files go to volumes.</summary>
internal sealed class ReadOnlyRoot : SiteRule
{
    public override string Id => "FE3007";

    public override string Summary => "Containers of restricted namespaces cannot write to their root file system";

    public override string Remedy => "set readOnlyRootFilesystem: true and mount an emptyDir where the container writes";

    public override IEnumerable<Finding> Check(SiteView site) => Restricted.Containers(site)
        .Where(container => container.Node.Text("securityContext", "readOnlyRootFilesystem") != "true")
        .Select(container => Broken(container.Pod.Owner, container.Node.At("securityContext") ?? container.Node, $"{container} can write to its root file system"));
}
