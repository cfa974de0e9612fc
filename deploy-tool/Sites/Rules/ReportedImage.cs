using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>A site that tells another image than it runs would pass a site check that it should fail.</summary>
internal sealed class ReportedImage : SiteRule
{
    public override string Id => "FE3015";

    public override string Summary => "The variable Site__Image is the container's image";

    public override string Remedy => "write the container's image as the value of Site__Image; deploy-tool promote keeps both in step";

    public override IEnumerable<Finding> Check(SiteView site) =>
        from container in site.Pods.SelectMany(pod => pod.Containers)
        from variable in container.Node.ItemsAt("env")
        where variable.Text("name") == "Site__Image" && variable.Text("value") != container.Node.Text("image")
        select Broken(container.Pod.Owner, variable.At("value") ?? variable, $"{container} says that it runs another image than it does");
}
