namespace FaceEdge.Deploy.Rehearsal.Running;

/// <summary>
/// A line by which a step speaks to the agent: <c>##vso[area.action name=value;…]message</c>
/// (learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands).
/// </summary>
internal sealed record LoggingCommand(string Name, IReadOnlyDictionary<string, string> Properties, string Message)
{
    private const string Prefix = "##vso[";

    /// <summary>Reads a line; null when it is none.</summary>
    public static LoggingCommand? Read(string line)
    {
        var start = line.IndexOf(Prefix, StringComparison.Ordinal);
        var end = start < 0 ? -1 : line.IndexOf(']', start);
        if (end < 0)
        {
            return null;
        }

        var head = line[(start + Prefix.Length)..end];
        var space = head.IndexOf(' ', StringComparison.Ordinal);
        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in space < 0 ? [] : head[(space + 1)..].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (pair.Split('=', 2) is [var name, var value])
            {
                properties[name] = Unescape(value);
            }
        }

        return new LoggingCommand((space < 0 ? head : head[..space]).ToLowerInvariant(), properties, Unescape(line[(end + 1)..]));
    }

    public bool Has(string property) => Properties.TryGetValue(property, out var value) && bool.TryParse(value, out var flag) && flag;

    /// <summary>The escapes of github.com/microsoft/azure-pipelines-agent, src/Agent.Sdk/CommandPlugin/Command.cs.</summary>
    private static string Unescape(string text) => text
        .Replace("%3B", ";", StringComparison.OrdinalIgnoreCase)
        .Replace("%0D", "\r", StringComparison.OrdinalIgnoreCase)
        .Replace("%0A", "\n", StringComparison.OrdinalIgnoreCase)
        .Replace("%5D", "]", StringComparison.OrdinalIgnoreCase)
        .Replace("%AZP25", "%", StringComparison.OrdinalIgnoreCase);
}
