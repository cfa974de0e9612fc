using System.Text.Json;
using System.Text.RegularExpressions;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Tests.Telemetry;

/// <summary>Every query of telemetry/: those of the rules, and those of the dashboards with a value for each of their variables.</summary>
internal static partial class TelemetryQueries
{
    /// <summary>Where a query stands, and the query.</summary>
    public static IReadOnlyList<(string Place, string Query)> All { get; } = [.. Rules().Select(rule => (rule.Name, rule.Query)), .. Dashboards()];

    /// <summary>Names that recording rules make.</summary>
    public static IReadOnlySet<string> Recorded { get; } = Rules().Select(rule => rule.Name).Where(name => name.Contains(':', StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);

    public static IEnumerable<string> Alerts => Rules().Select(rule => rule.Name).Where(name => !name.Contains(':', StringComparison.Ordinal));

    /// <summary>The names of the metrics that a query reads. What stands in braces, brackets and quotes, after by and on, and before a bracket, is none.</summary>
    public static IEnumerable<string> Metrics(string query) => Word()
        .Matches(Grouping().Replace(NoName().Replace(query, " "), " "))
        .Select(match => match.Value)
        .Where(word => word is not ("and" or "or" or "unless" or "offset" or "bool" or "by" or "on" or "ignoring" or "without"))
        .Distinct();

    private static List<(string Name, string Query)> Rules()
    {
        var rules = new List<(string, string)>();
        foreach (var name in new[] { "recording.yaml", "alerts.yaml" })
        {
            Assert.Null(YamlFile.TryParse(File.ReadAllBytes(Path.Combine(Promtool.Folder, "rules", name)), out var file));
            rules.AddRange(
                from @group in file.Documents[0].Root.ItemsAt("groups")
                from rule in @group.ItemsAt("rules")
                select ((rule.Text("record") ?? rule.Text("alert"))!, rule.Text("expr")!));
        }

        return rules;
    }

    private static IEnumerable<(string Place, string Query)> Dashboards()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Promtool.Folder, "dashboards"), "*.json").Order(StringComparer.Ordinal))
        {
            using var dashboard = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var panel in dashboard.RootElement.GetProperty("panels").EnumerateArray())
            {
                foreach (var target in panel.GetProperty("targets").EnumerateArray())
                {
                    var query = target.GetProperty("expr").GetString()!;
                    yield return ($"{Path.GetFileName(file)}: {panel.GetProperty("title").GetString()}", Variable().Replace(query, "x"));
                }
            }

            foreach (var variable in dashboard.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray())
            {
                if (variable.GetProperty("query") is { ValueKind: JsonValueKind.Object } query && LabelValues().Match(query.GetProperty("query").GetString()!) is { Success: true } values)
                {
                    yield return ($"{Path.GetFileName(file)}: ${variable.GetProperty("name").GetString()}", Variable().Replace(values.Groups[1].Value, "x"));
                }
            }
        }
    }

    [GeneratedRegex(@"\$\w+")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^label_values\((.+), \w+\)$")]
    private static partial Regex LabelValues();

    [GeneratedRegex("""("[^"]*"|\{[^}]*\}|\[[^\]]*\]|offset \w+)""")]
    private static partial Regex NoName();

    [GeneratedRegex(@"\b(by|on|without|ignoring|group_left|group_right) ?\([^)]*\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"(?<![\w:.])[a-zA-Z_:][\w:]*(?![\w:]|\s*\()")]
    private static partial Regex Word();
}
