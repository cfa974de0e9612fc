using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>The values that one site has for the parameters: its own, else its environment's, else the default, with the names in them replaced.</summary>
internal sealed class ParameterValues
{
    private const string EnvironmentName = "environment";
    private const string SiteName = "site";

    /// <summary>Names that stand for where a site is.</summary>
    public static readonly IReadOnlyList<string> Reserved = [EnvironmentName, SiteName];

    private readonly ParameterSet _parameters;
    private readonly InventorySite _site;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _underWay = new(StringComparer.Ordinal);

    private ParameterValues(ParameterSet parameters, InventorySite site)
    {
        _parameters = parameters;
        _site = site;
        _values[EnvironmentName] = site.Environment;
        _values[SiteName] = site.Name;
    }

    /// <summary>The value of a parameter.</summary>
    public string this[string name] => _values[name];

    public static bool IsReserved(string name) => Reserved.Contains(name);

    /// <summary>Works the values out, or says what is wrong with those that the inventory gives.</summary>
    public static ParameterValues? TryRead(ParameterSet parameters, InventorySite site, ICollection<SourceFault> faults)
    {
        var values = new ParameterValues(parameters, site);
        try
        {
            foreach (var parameter in parameters.All.Where(one => !one.IsPromoted))
            {
                _ = values.ValueOf(parameter.Name);
            }

            return values;
        }
        catch (FaultException exception)
        {
            faults.Add(exception.Fault);
            return null;
        }
    }

    /// <summary>Where a site's value of a parameter is set; null where its default holds.</summary>
    public static InventoryValue? Set(InventorySite site, string parameter) =>
        site.Own.Values.GetValueOrDefault(parameter) ?? site.Shared?.Values.GetValueOrDefault(parameter);

    private string ValueOf(string name)
    {
        if (_values.TryGetValue(name, out var known))
        {
            return known;
        }

        // Names of texts in parameters.yaml are checked when it is read; those in the inventory here.
        var parameter = _parameters.Find(name)!;
        var set = Set(_site, name);
        var text = set?.Text ?? parameter.Default ?? throw Fault(
            null, $"{_site.Folder} has no {name}, which has no default", $"add {name} to {DesiredState.SitesFolder}/{_site.Own.Path}");
        if (text.Names.FirstOrDefault(one => !IsReserved(one) && _parameters.Find(one) is null or { IsPromoted: true }) is { } unknown)
        {
            throw Fault(set, $"{name} names '{unknown}', which is no parameter", _parameters.Suggest(unknown));
        }

        if (!_underWay.Add(name))
        {
            throw Fault(set, $"{name} follows from itself", "break the circle");
        }

        var value = text.With(ValueOf);
        _underWay.Remove(name);
        if (ParameterTypes.Check(parameter, value) is { } allowed)
        {
            throw Fault(set, $"{name} = '{value}': allowed is {allowed}", "correct the value");
        }

        return _values[name] = value;
    }

    private FaultException Fault(InventoryValue? at, string message, string remedy) =>
        new(new SourceFault(at?.File ?? _site.Own.Path, at?.Position ?? new SourcePosition(0, 1, 1), message, remedy));

    private sealed class FaultException(SourceFault fault) : Exception
    {
        public SourceFault Fault { get; } = fault;
    }
}
