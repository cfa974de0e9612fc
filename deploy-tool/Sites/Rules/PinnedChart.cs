using System.Text.RegularExpressions;
using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>An open chart version lets a site install something that nobody tested.</summary>
internal sealed partial class PinnedChart : SiteRule
{
    public override string Id => "FE4007";

    public override string Summary => "A HelmRelease names one version of its chart, from a repository of this site";

    public override string Remedy => "set spec.chart.spec.version to one version, such as 0.14.9";

    public override IEnumerable<Finding> Check(SiteView site)
    {
        foreach (var release in site.Of("HelmRelease"))
        {
            var version = release.Root.At("spec", "chart", "spec", "version");
            if (!Version().IsMatch((version as YamlScalar)?.Value ?? ""))
            {
                yield return Broken(release, version ?? release.Root.At("spec", "chart"), "its chart has no single version");
            }

            var source = release.Root.At("spec", "chart", "spec", "sourceRef");
            if (source?.Text("kind") == "HelmRepository" && source.Text("name") is { } name && site.Find("HelmRepository", source.Text("namespace") ?? release.Namespace, name) is null)
            {
                yield return Broken(release, source, $"takes its chart from HelmRepository/{name}, which this site does not have");
            }
        }
    }

    [GeneratedRegex(@"^v?\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?\z")]
    private static partial Regex Version();
}
