using System.Globalization;
using System.Text.RegularExpressions;
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
    private readonly Dictionary<string, SortedDictionary<string, string>> _labels = new(StringComparer.Ordinal);
    private readonly HashSet<string> _underWay = new(StringComparer.Ordinal);

    private ParameterValues(ParameterSet parameters, InventorySite site)
    {
        _parameters = parameters;
        _site = site;
        _values[EnvironmentName] = site.Environment;
        _values[SiteName] = site.Name;
    }

    /// <summary>The value of a parameter that is a text.</summary>
    public string this[string name] => _values[name];

    /// <summary>The fragments that the site has, by their names, in ordinal order.</summary>
    public IReadOnlyList<string> Fragments { get; private set; } = [];

    /// <summary>The labels that a parameter gives the site, those of its environment among them.</summary>
    public IReadOnlyDictionary<string, string> Labels(string parameter) => _labels[parameter];

    public static bool IsReserved(string name) => Reserved.Contains(name);

    /// <summary>Works the values out, or says what is wrong with those that the inventory gives.</summary>
    public static ParameterValues? TryRead(ParameterSet parameters, InventorySite site, ICollection<SourceFault> faults)
    {
        var values = new ParameterValues(parameters, site);
        try
        {
            foreach (var parameter in parameters.All.Where(one => one.IsText))
            {
                _ = values.ValueOf(parameter.Name);
            }

            foreach (var parameter in parameters.All.Where(one => one.IsMap))
            {
                values._labels[parameter.Name] = values.LabelsOf(parameter);
            }

            values.Fragments = [.. values.FragmentsOf()];
            return values;
        }
        catch (FaultException exception)
        {
            faults.Add(exception.Fault);
            return null;
        }
    }

    /// <summary>The value of one parameter; null where it cannot be worked out.</summary>
    public static string? TryRead(ParameterSet parameters, InventorySite site, string parameter)
    {
        try
        {
            return new ParameterValues(parameters, site).ValueOf(parameter);
        }
        catch (FaultException)
        {
            return null;
        }
    }

    /// <summary>Where a site's value of a parameter is set; null where its default holds.</summary>
    public static InventoryValue? Set(InventorySite site, string parameter) =>
        site.Own.Values.GetValueOrDefault(parameter) ?? site.Shared?.Values.GetValueOrDefault(parameter);

    /// <summary>The same, or where the first parameter is set that its default names and the site sets.</summary>
    public static InventoryValue? PlaceOf(ParameterSet parameters, InventorySite site, Parameter parameter) =>
        Set(site, parameter.Name)
        ?? (parameter.Default?.Names ?? []).Select(parameters.Find).OfType<Parameter>().Select(one => PlaceOf(parameters, site, one)).FirstOrDefault(one => one is not null);

    private IEnumerable<string> FragmentsOf() => (_site.Shared?.Fragments ?? []).Concat(_site.Own.Fragments).Select(fragment => fragment.Text.Text)
        .Concat(_parameters.All.Where(one => one.Fragment is not null && _values[one.Name].Length > 0).Select(one => one.Fragment!))
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private SortedDictionary<string, string> LabelsOf(Parameter parameter)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in new[] { _site.Shared, _site.Own }.Select(file => file?.Labels.GetValueOrDefault(parameter.Name)).OfType<InventoryLabels>().SelectMany(one => one.Values))
        {
            RequireNames(value, parameter.Name);
            labels[key] = value.Text.With(ValueOf);
            if (ParameterTypes.CheckEntry(parameter, key, labels[key]) is { } fault)
            {
                throw Fault(value, $"{parameter.Name}: {fault}", "correct the entry");
            }
        }

        return labels;
    }

    private void RequireNames(InventoryValue value, string name)
    {
        if (value.Text.Names.FirstOrDefault(one => !IsReserved(one) && _parameters.Find(one) is not { IsText: true }) is { } unknown)
        {
            throw Fault(value, $"{name} names '{unknown}', which is no parameter", _parameters.Suggest(unknown));
        }
    }

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
        if (set is not null)
        {
            RequireNames(set, name);
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

/// <summary>What a parameter's values may be.</summary>
internal static partial class ParameterTypes
{
    /// <summary>What is allowed, where a value is not; null where it is.</summary>
    public static string? Check(Parameter parameter, string value)
    {
        if (value.Length == 0)
        {
            return parameter.IsOptional || parameter.Type == ParameterType.Text ? null : "a value";
        }

        var allowed = parameter.Type switch
        {
            ParameterType.Number when !decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _) => "a number",
            ParameterType.Colour when !ServiceSettings.IsColour(value) => ServiceSettings.Colour,
            ParameterType.AddressRange when !AddressRange.TryParse(value, out _) => "a prefix such as 192.0.2.0/28 or a range such as 192.0.2.10-192.0.2.19",
            ParameterType.HostName when !HostName().IsMatch(value) => "a host name of letters, digits and dashes",
            ParameterType.Enumeration when !parameter.Values.Contains(value) => string.Join(" or ", parameter.Values),
            _ => null,
        };
        return allowed ?? parameter.Sets.Select(place => place.Setting).OfType<string>().Select(setting => ServiceSettings.Allowed(setting, value)).FirstOrDefault(fault => fault is not null);
    }

    /// <summary>What is wrong with a label or a setting; null when nothing is.</summary>
    public static string? CheckEntry(Parameter parameter, string key, string value) => parameter.Type == ParameterType.SettingMap
        ? ServiceSettings.Check(key, value)
        : !LabelKey().IsMatch(key) ? $"'{key}': allowed is a key of letters, digits, dashes, dots and underscores, perhaps behind a domain and a slash"
        : !LabelValue().IsMatch(value) ? $"{key} = '{value}': allowed is at most 63 letters, digits, dashes, dots and underscores, the first and the last of them a letter or digit"
        : null;

    /// <summary>Kubernetes: Labels and Selectors, Syntax and character set.</summary>
    [GeneratedRegex(@"^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?\z")]
    private static partial Regex LabelKey();

    [GeneratedRegex(@"^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?\z")]
    private static partial Regex LabelValue();

    /// <summary>RFC 1123.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z")]
    private static partial Regex HostName();
}
