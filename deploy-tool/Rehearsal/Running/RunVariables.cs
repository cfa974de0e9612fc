using System.Text.RegularExpressions;
using FaceEdge.Deploy.Rehearsal.Expressions;

namespace FaceEdge.Deploy.Rehearsal.Running;

/// <summary>
/// The variables that a job sees; names are compared without regard to case
/// (learn.microsoft.com/azure/devops/pipelines/process/variables).
/// </summary>
internal sealed partial class RunVariables
{
    /// <summary>A variable may name another; a cycle of them ends here.</summary>
    private const int MaxRounds = 20;

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _secret = new(StringComparer.OrdinalIgnoreCase);

    public string? this[string name] => _values.GetValueOrDefault(name);

    public void Set(string name, string value, bool secret = false)
    {
        _values[name] = value;
        if (secret)
        {
            _secret.Add(name);
        }
    }

    /// <summary>Puts variables in place of <c>$(name)</c>; what is no variable stays as it is, since it may be the shell's.</summary>
    public string Expand(string text)
    {
        for (var round = 0; round < MaxRounds && text.Contains("$(", StringComparison.Ordinal); round++)
        {
            var before = text;
            text = Macro().Replace(text, match => _values.GetValueOrDefault(match.Groups["name"].Value, match.Value));
            if (text == before)
            {
                break;
            }
        }

        return text;
    }

    /// <summary>
    /// The variables as processes get them: upper case, dots and spaces as underscores; secrets are left out
    /// (learn.microsoft.com/azure/devops/pipelines/process/variables#environment-variables).
    /// </summary>
    public IEnumerable<KeyValuePair<string, string>> ForProcesses() =>
        _values.Where(one => !_secret.Contains(one.Key))
            .Select(one => KeyValuePair.Create(one.Key.Replace('.', '_').Replace(' ', '_').ToUpperInvariant(), Expand(one.Value)));

    /// <summary>A text with secrets masked.</summary>
    public string Mask(string text)
    {
        foreach (var name in _secret)
        {
            if (_values[name] is { Length: > 0 } secret)
            {
                text = text.Replace(secret, "***", StringComparison.Ordinal);
            }
        }

        return text;
    }

    /// <summary>The value of <c>variables</c> in a condition.</summary>
    public Value ToValue() => new FieldsValue(_values.ToDictionary(one => one.Key, one => Value.Of(Expand(one.Value)), StringComparer.OrdinalIgnoreCase));

    [GeneratedRegex(@"\$\((?<name>[A-Za-z_][A-Za-z0-9_.\-]*)\)")]
    private static partial Regex Macro();
}
