using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>What each site has for itself alone: values that no two may have, and addresses of one network.</summary>
internal static class SiteClaims
{
    /// <summary>Names each site that has what a site before it has.</summary>
    public static IEnumerable<SourceFault> Check(ParameterSet parameters, IReadOnlyList<(InventorySite Site, ParameterValues Values)> sites) =>
        parameters.All.SelectMany(parameter => parameter switch
        {
            { Unique: not ParameterScope.None } => Repeated(parameters, parameter, sites),
            { Network: { } network } => Overlapping(parameters, parameter, network, sites),
            _ => [],
        });

    private static IEnumerable<SourceFault> Repeated(ParameterSet parameters, Parameter parameter, IReadOnlyList<(InventorySite Site, ParameterValues Values)> sites)
    {
        var first = new Dictionary<(string Environment, string Value), InventorySite>();
        foreach (var (site, values) in sites)
        {
            var value = values[parameter.Name];
            if (value.Length > 0 && !first.TryAdd((parameter.Unique == ParameterScope.Fleet ? "" : site.Environment, value), site))
            {
                var other = first[(parameter.Unique == ParameterScope.Fleet ? "" : site.Environment, value)];
                yield return Broken(parameters, site, parameter, $"{parameter.Name} = '{value}' is that of {other.Folder} too ({PlaceOf(parameters, other, parameter)})", "give each site its own");
            }
        }
    }

    /// <summary>In each network that has a name, a range beside the one that reaches furthest below it. Networks without one are a site's own.</summary>
    private static IEnumerable<SourceFault> Overlapping(
        ParameterSet parameters, Parameter parameter, string network, IReadOnlyList<(InventorySite Site, ParameterValues Values)> sites)
    {
        var ranges = new List<(InventorySite Site, string Network, string Text, AddressRange Range)>();
        foreach (var (site, values) in sites)
        {
            if (values[network].Length > 0 && AddressRange.TryParse(values[parameter.Name], out var range))
            {
                ranges.Add((site, values[network], values[parameter.Name], range));
            }
        }

        foreach (var group in ranges.GroupBy(one => one.Network, StringComparer.Ordinal))
        {
            var below = default((InventorySite Site, string Network, string Text, AddressRange Range)?);
            foreach (var one in group.OrderBy(one => one.Range.Family).ThenBy(one => one.Range.First).ThenBy(one => one.Site.Folder, StringComparer.Ordinal))
            {
                if (below is { } other && other.Range.Overlaps(one.Range))
                {
                    yield return Broken(
                        parameters, one.Site, parameter,
                        $"{parameter.Name} = {one.Text} overlaps {other.Text} of {other.Site.Folder} ({PlaceOf(parameters, other.Site, parameter)}), and both are of the network '{group.Key}'",
                        "give each site addresses of its own, or its network another name");
                }

                below = below is { } reached && reached.Range.Family == one.Range.Family && reached.Range.Last >= one.Range.Last ? below : one;
            }
        }
    }

    private static SourceFault Broken(ParameterSet parameters, InventorySite site, Parameter parameter, string message, string remedy)
    {
        var set = ParameterValues.PlaceOf(parameters, site, parameter);
        return new SourceFault(set?.File ?? site.Own.Path, set?.Position ?? new SourcePosition(0, 1, 1), message, remedy);
    }

    private static string PlaceOf(ParameterSet parameters, InventorySite site, Parameter parameter)
    {
        var set = ParameterValues.PlaceOf(parameters, site, parameter);
        return $"{DesiredState.SitesFolder}/{set?.File ?? site.Own.Path}:{set?.Position.Line ?? 1}";
    }
}
