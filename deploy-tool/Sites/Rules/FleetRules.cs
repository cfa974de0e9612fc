using System.Text.Json;
using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>The rules about sites that contradict each other: a folder that was copied and not adapted in all places.</summary>
internal static class FleetRules
{
    /// <summary>Label of an IPAddressPool: the network that its addresses are of.</summary>
    public const string NetworkLabel = "faceedge.dev/network";

    public static readonly RuleDescription SiteName = new(
        "FE3017",
        "Sites of an environment have names of their own",
        "give each site its own Site__Name (deploy-tool configure --site)",
        Severity.Error);

    public static readonly RuleDescription Pools = new(
        "FE4008", "Pools of one network do not share addresses",
        $"give each site addresses of its own, or say with the label {NetworkLabel} of the IPAddressPool which network it is of", Severity.Error);

    public static readonly RuleDescription HostName = new(
        "FE5006", "Hosts have names of their own", "write the name of the site's own host into configureHost.yaml", Severity.Error);

    public static IReadOnlyList<RuleDescription> All { get; } = [SiteName, Pools, HostName];

    /// <summary>What a site claims for itself alone; null where it says nothing.</summary>
    public static IEnumerable<Claim> ClaimsOf(SiteView site)
    {
        foreach (var settings in site.Objects.Where(one => one.Selector == DetectorManifest.Settings))
        {
            if (settings.Root.At("data", "Site__Name") is YamlScalar { Value.Length: > 0 } name)
            {
                var key = $"{site.Site.Environment}\n{name.Value}";
                yield return new Claim(SiteName, site.Site, settings.File, name.Start, key, $"the name '{name.Value}'", null);
            }
        }

        foreach (var host in site.Of("HostConfiguration"))
        {
            foreach (var name in HostNames(host))
            {
                var place = host.Root.At("spec", "profile")!.Start;
                yield return new Claim(HostName, site.Site, host.File, place, name, $"the host name '{name}'", null);
            }
        }

        foreach (var pool in site.Of("IPAddressPool"))
        {
            var network = pool.Root.Text("metadata", "labels", NetworkLabel) ?? $"\n{site.Site.Environment}";
            foreach (var item in pool.Root.ItemsAt("spec", "addresses").OfType<YamlScalar>())
            {
                if (AddressRange.TryParse(item.Value, out var range))
                {
                    yield return new Claim(Pools, site.Site, pool.File, item.Start, network, item.Value, range);
                }
            }
        }
    }

    /// <summary>Compares what all sites claim.</summary>
    public static IEnumerable<Finding> Check(IEnumerable<Claim> claims)
    {
        foreach (var group in claims.GroupBy(claim => (claim.Rule, claim.Key)))
        {
            var ordered = group.OrderBy(claim => claim.Site.RelativePath, StringComparer.Ordinal).ToList();
            foreach (var finding in group.Key.Rule == Pools ? Overlaps(ordered) : Repeated(ordered))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<Finding> Repeated(List<Claim> claims) => claims
        .Skip(1)
        .Where(claim => claim.Site != claims[0].Site)
        .Select(claim => Broken(claim, claim.Rule.Severity, $"{claim.Text} is that of {claims[0].Site.RelativePath} too"));

    /// <summary>
    /// In a network that has a name, each range beside the one below it. Sites that name none may be in networks of their own, which often
    /// have the same private addresses: one warning for all of them says so.
    /// </summary>
    private static List<Finding> Overlaps(List<Claim> claims)
    {
        var found = new List<Finding>();
        Claim? below = null;
        foreach (var claim in claims.OrderBy(claim => claim.Range!.Value.Family).ThenBy(claim => claim.Range!.Value.First))
        {
            if (below is not null && below.Site != claim.Site && below.Range!.Value.Overlaps(claim.Range!.Value))
            {
                found.Add(Broken(claim, Severity.Error, $"{claim.Text} overlaps {below.Text} of {below.Site.RelativePath}"));
            }

            var reachesFurther = below is null || below.Range!.Value.Family != claim.Range!.Value.Family || claim.Range.Value.Last > below.Range.Value.Last;
            below = reachesFurther ? claim : below;
        }

        if (!claims[0].Key.StartsWith('\n') || found.Count == 0)
        {
            return found;
        }

        var more = found.Count == 1 ? "" : $", and so do {found.Count - 1} more of {claims[0].Site.Environment}";
        return [found[0] with { Severity = Severity.Warning, Message = found[0].Message + more }];
    }

    private static IEnumerable<string> HostNames(KubernetesObject host)
    {
        if (host.Root.Text("spec", "profile") is not { } profile)
        {
            return [];
        }

        try
        {
            using var json = JsonDocument.Parse(profile);
            return json.RootElement.TryGetProperty("esx", out var esx) && esx.TryGetProperty("network", out var network)
                && network.TryGetProperty("net_stacks", out var stacks) && stacks.ValueKind == JsonValueKind.Array
                    ? [.. stacks.EnumerateArray().Select(NameOf).OfType<string>()]
                    : [];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // FE5002 says what is wrong with it.
            return [];
        }
    }

    private static string? NameOf(JsonElement stack) => stack.TryGetProperty("host_name", out var name) && name.ValueKind == JsonValueKind.String
        ? (stack.TryGetProperty("domain_name", out var domain) ? $"{name}.{domain}" : name.ToString()).ToLowerInvariant()
        : null;

    private static Finding Broken(Claim claim, Severity severity, string message) =>
        new(claim.Rule.Id, severity, claim.File.RelativePath, claim.Position, message, claim.Rule.Remedy);
}

/// <summary>Something that a site says is its own.</summary>
/// <param name="Rule">The rule that no other site may claim it.</param>
/// <param name="Site">The site.</param>
/// <param name="File">Where it says so.</param>
/// <param name="Position">And at which place.</param>
/// <param name="Key">What is compared; sites with another key do not meet.</param>
/// <param name="Text">What is claimed, in words.</param>
/// <param name="Range">The addresses, where it is some.</param>
internal sealed record Claim(RuleDescription Rule, Site Site, SiteFile File, SourcePosition Position, string Key, string Text, AddressRange? Range);
