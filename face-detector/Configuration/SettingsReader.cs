using FaceEdge.Contracts;

namespace FaceEdge.Configuration;

/// <summary>Reads typed values out of the configuration and gathers every fault, so that a bad start is fixed in one go.</summary>
internal sealed class SettingsReader
{
    private readonly IConfiguration _configuration;
    private readonly List<SettingFault> _faults = [];
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public SettingsReader(IConfiguration configuration) => _configuration = configuration;

    public IReadOnlyList<SettingFault> Faults => _faults;

    /// <summary>Every key that was asked for.</summary>
    public IReadOnlyCollection<string> KnownKeys => _known;

    /// <summary>
    /// The value of a key, or the fallback where the key is absent, empty or at fault. An empty value leaves the key to the source below:
    /// a site whose manifest sets nothing shows what the image's appsettings.json says.
    /// </summary>
    public T Read<T>(string key, T fallback, SettingRule<T> rule)
    {
        _known.Add(key);
        if (Text(key) is not { } text)
        {
            return fallback;
        }

        if (rule.TryParse(text, out var value))
        {
            return value;
        }

        Fault(key, rule.Secret ? SecretText.Mark : text, $"allowed is {rule.Allowed}");
        return fallback;
    }

    private string? Text(string key)
    {
        var sources = (_configuration as IConfigurationRoot)?.Providers.Reverse().Select(source => source.TryGet(key, out var value) ? value : null)
            ?? [_configuration[key]];
        return sources.FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));
    }

    /// <summary>Notes a key that is read elsewhere, so that it is not refused as unknown.</summary>
    public void Known(string key) => _known.Add(key);

    public void Fault(string key, string value, string allowed) => _faults.Add(new SettingFault(key, value, allowed));

    /// <summary>Faults every key of a section that nothing has read: a misspelt setting is otherwise silently without effect.</summary>
    public void RefuseUnknown(string section)
    {
        foreach (var (key, value) in _configuration.GetSection(section).AsEnumerable())
        {
            if (value is not null && !_known.Contains(key))
            {
                var known = _known.Where(other => other.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase)).ToArray();
                Fault(key, SecretText.Mark, known.Length > 0 ? $"no such setting; there are {string.Join(", ", known)}" : "this version has no such setting");
            }
        }
    }
}
