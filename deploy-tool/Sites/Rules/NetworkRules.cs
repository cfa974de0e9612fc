using System.Globalization;
using System.Text.RegularExpressions;
using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>A Service whose selector matches no pod answers nobody.</summary>
internal sealed class ServiceSelectsPods() : SiteRule(
    "FE4001",
    "A Service selects pods of this site",
    "use the labels of the workload's pod template in spec.selector")
{
    public override IEnumerable<Finding> Check(SiteView site) => site.Of("Service")
        .Where(service => service.Texts("spec", "selector").Count > 0 && !Labels.Selected(site, service).Any() && !MayComeFromElsewhere(site, service.Namespace))
        .Select(service => Broken(service, service.Root.At("spec", "selector"), "selects no pods of this site"));

    /// <summary>Charts and folders that Flux applies bring pods of their own.</summary>
    private static bool MayComeFromElsewhere(SiteView site, string space) =>
        site.Of("HelmRelease").Any(one => (one.Root.Text("spec", "targetNamespace") ?? one.Namespace) == space)
        || site.Objects.Any(one => one.Group == "kustomize.toolkit.fluxcd.io");
}

/// <summary>A Service that forwards to a port nobody listens on answers nobody.</summary>
internal sealed class ServicePortExists() : SiteRule(
    "FE4002",
    "A Service forwards to a port that the pods' containers have",
    "use the name or number of a containerPort as targetPort")
{
    public override IEnumerable<Finding> Check(SiteView site) =>
        from service in site.Of("Service")
        from port in service.Root.ItemsAt("spec", "ports")
        let target = port.Text("targetPort") ?? port.Text("port") ?? ""
        let pods = Labels.Selected(site, service).ToList()
        where pods.Count > 0 && !pods.Exists(pod => pod.Containers.Any(container => Ports.Has(container, target)))
        where !(IsNumber(target) && pods.TrueForAll(HasNoPorts))
        select Broken(service, port.At("targetPort") ?? port, $"forwards to the port '{target}', which no container of its pods has");

    private static bool IsNumber(string target) => int.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>Containers need not say which ports they listen on.</summary>
    private static bool HasNoPorts(PodTemplate pod) => pod.Containers.All(container => !container.Node.ItemsAt("ports").Any());
}

/// <summary>Without a pool, or without its announcement, a LoadBalancer Service waits for its address for ever.</summary>
internal sealed class LoadBalancerHasPool() : SiteRule(
    "FE4003",
    "Each LoadBalancer Service has a pool of addresses that is announced",
    "describe an IPAddressPool and an L2Advertisement for it in metallb.yaml")
{
    private static readonly string[] PoolAnnotations = ["metallb.io/address-pool", "metallb.universe.tf/address-pool"];

    public override IEnumerable<Finding> Check(SiteView site)
    {
        var pools = site.Of("IPAddressPool").ToList();
        foreach (var service in site.Of("Service").Where(one => one.Root.Text("spec", "type") == "LoadBalancer" && one.Root.At("spec", "loadBalancerClass") is null))
        {
            var place = service.Root.At("spec", "type");
            var annotations = service.Texts("metadata", "annotations");
            var named = PoolAnnotations.Select(annotations.GetValueOrDefault).FirstOrDefault(name => name is not null);
            var candidates = pools.Where(pool => named is null ? pool.Root.Text("spec", "autoAssign") != "false" : pool.Name == named).ToList();
            if (candidates.Count == 0)
            {
                yield return Broken(service, place, named is null ? "no IPAddressPool of this site gives it an address" : $"asks for the pool '{named}', which this site does not have");
            }
            else if (!candidates.Any(pool => IsAnnounced(site, pool)))
            {
                yield return Broken(service, place, $"its pool '{candidates[0].Name}' is announced by no L2Advertisement or BGPAdvertisement");
            }
        }
    }

    /// <summary>An advertisement without a list announces every pool of its namespace.</summary>
    private static bool IsAnnounced(SiteView site, KubernetesObject pool) => site.Of("L2Advertisement").Concat(site.Of("BGPAdvertisement"))
        .Where(one => one.Namespace == pool.Namespace)
        .Select(one => (Names: one.Root.ItemsAt("spec", "ipAddressPools").OfType<YamlScalar>().Select(item => item.Value).ToList(), Selectors: one.Root.ItemsAt("spec", "ipAddressPoolSelectors").Any()))
        .Any(one => one.Names.Contains(pool.Name) || one.Selectors || one.Names.Count == 0);
}

/// <summary>MetalLB refuses a pool whose ranges it cannot read.</summary>
internal sealed class AddressRanges() : SiteRule(
    "FE4004",
    "Pools hold address ranges or prefixes",
    "write a prefix such as 192.0.2.0/28 or a range such as 192.0.2.10-192.0.2.19")
{
    public override IEnumerable<Finding> Check(SiteView site) =>
        from pool in site.Of("IPAddressPool")
        from item in pool.Root.ItemsAt("spec", "addresses").OfType<YamlScalar>()
        where !AddressRange.TryParse(item.Value, out _)
        select Broken(pool, item, $"'{item.Value}' is not a range of addresses");
}

/// <summary>Two pools with one address would give it out twice.</summary>
internal sealed class AddressOverlap() : SiteRule(
    "FE4005",
    "Address ranges of a site do not overlap",
    "take the shared addresses out of one of the ranges")
{
    public override IEnumerable<Finding> Check(SiteView site)
    {
        var seen = new List<(AddressRange Range, string Text, KubernetesObject Pool)>();
        foreach (var pool in site.Of("IPAddressPool"))
        {
            foreach (var item in pool.Root.ItemsAt("spec", "addresses").OfType<YamlScalar>())
            {
                if (!AddressRange.TryParse(item.Value, out var range))
                {
                    continue;
                }

                if (seen.FirstOrDefault(other => other.Range.Overlaps(range)) is { Pool: { } other, Text: var text })
                {
                    yield return Broken(pool, item, $"{item.Value} overlaps {text} of {other} ({other.File.RelativePath})");
                }

                seen.Add((range, item.Value, pool));
            }
        }
    }
}

/// <summary>MetalLB's speaker uses the host's network; a stricter level keeps it from starting.</summary>
internal sealed class MetalLbNamespace() : SiteRule(
    "FE4006",
    "The namespace of MetalLB is privileged",
    "label the Namespace pod-security.kubernetes.io/enforce, audit and warn: privileged")
{
    public override IEnumerable<Finding> Check(SiteView site)
    {
        var spaces = site.Objects.Where(IsMetalLb).Select(one => one.Namespace).ToHashSet(StringComparer.Ordinal);
        return from space in site.Of("Namespace").Where(one => spaces.Contains(one.Name))
               from mode in PodSecurity.Modes
               where PodSecurity.Level(space, mode) != "privileged"
               select Broken(space, space.Root.At("metadata", "labels") ?? space.Root.At("metadata"), $"does not {mode} the level privileged");
    }

    private static bool IsMetalLb(KubernetesObject one) =>
        one.Group == "metallb.io" || one.Kind == "HelmRelease" && one.Root.Text("spec", "chart", "spec", "chart") == "metallb";
}

/// <summary>An open chart version lets a site install something that nobody tested.</summary>
internal sealed partial class PinnedChart() : SiteRule(
    "FE4007",
    "A HelmRelease names one version of its chart, from a repository of this site",
    "set spec.chart.spec.version to one version, such as 0.14.9, or spec.ref of an OCIRepository to a tag or digest")
{
    public override IEnumerable<Finding> Check(SiteView site) => site.Of("HelmRelease").SelectMany(release =>
        (release.Root.At("spec", "chart"), release.Root.At("spec", "chartRef")) switch
        {
            (null, { } reference) => OfReference(site, release, reference),
            ({ } chart, null) => OfTemplate(site, release, chart),
            _ => [Broken(release, release.Root.At("spec"), "names its chart neither in spec.chart nor in spec.chartRef, or in both")],
        });

    private IEnumerable<Finding> OfTemplate(SiteView site, KubernetesObject release, YamlNode chart)
    {
        var source = chart.At("spec", "sourceRef");
        if (source?.Text("kind") is "GitRepository" or "Bucket")
        {
            yield break;
        }

        var version = chart.At("spec", "version");
        if (!Version().IsMatch((version as YamlScalar)?.Value ?? ""))
        {
            yield return Broken(release, version ?? chart, "its chart has no single version");
        }

        if (source?.Text("name") is { } name && site.Find("HelmRepository", source.Text("namespace") ?? release.Namespace, name) is null)
        {
            yield return Broken(release, source, $"takes its chart from HelmRepository/{name}, which this site does not have");
        }
    }

    /// <summary>A chart of an OCI registry is of one version where its repository names a tag or a digest.</summary>
    private IEnumerable<Finding> OfReference(SiteView site, KubernetesObject release, YamlNode reference)
    {
        var (kind, name) = (reference.Text("kind") ?? "", reference.Text("name") ?? "");
        if (site.Find(kind, reference.Text("namespace") ?? release.Namespace, name) is not { } source)
        {
            yield return Broken(release, reference, $"takes its chart from {kind}/{name}, which this site does not have");
        }
        else if (kind == "OCIRepository" && (source.Root.At("spec", "ref", "digest") ?? source.Root.At("spec", "ref", "tag")) is null)
        {
            yield return Broken(source, source.Root.At("spec", "ref") ?? source.Root.At("spec"), "names no single version: neither spec.ref.tag nor spec.ref.digest");
        }
    }

    [GeneratedRegex(@"^v?\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?\z")]
    private static partial Regex Version();
}

/// <summary>Which pods a selector takes.</summary>
internal static class Labels
{
    /// <summary>True when every label that is asked for is there; asking for none matches nothing here, since that is a mistake.</summary>
    public static bool Match(IReadOnlyDictionary<string, string> wanted, IReadOnlyDictionary<string, string> labels) =>
        wanted.Count > 0 && wanted.All(label => labels.TryGetValue(label.Key, out var value) && value == label.Value);

    /// <summary>The pods that a Service sends its traffic to.</summary>
    public static IEnumerable<PodTemplate> Selected(SiteView site, KubernetesObject service) =>
        site.Pods.Where(pod => pod.Owner.Namespace == service.Namespace && Match(service.Texts("spec", "selector"), pod.Labels));
}

/// <summary>The ports that a container declares.</summary>
internal static class Ports
{
    /// <summary>True when the container has a port of this name or number.</summary>
    public static bool Has(Container container, string nameOrNumber) =>
        container.Node.ItemsAt("ports").Any(port => port.Text("name") == nameOrNumber || port.Text("containerPort") == nameOrNumber);
}
