using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>SARIF 2.1.0 (OASIS), which pipelines show beside the lines of a change.</summary>
internal sealed record SarifLog(
    [property: JsonPropertyName("$schema")] string Schema, string Version, IReadOnlyList<SarifRun> Runs)
{
    private static readonly SarifJson Json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    });

    /// <summary>Makes a log of a report.</summary>
    /// <param name="report">What validation found.</param>
    /// <param name="toolVersion">Version of deploy-tool.</param>
    /// <param name="sitesFolder">Path of the sites folder from the repository's root, with forward slashes, since pipelines resolve from there.</param>
    public static SarifLog From(ValidationReport report, string toolVersion, string sitesFolder)
    {
        var rules = RuleCatalogue.All;
        var index = rules.Select((rule, at) => (rule.Id, at)).ToDictionary(pair => pair.Id, pair => pair.at, StringComparer.Ordinal);
        var driver = new SarifDriver("deploy-tool validate", toolVersion, [.. rules.Select(rule =>
            new SarifRule(rule.Id, new SarifText(rule.Summary + "."), new SarifText(rule.Remedy + "."), new SarifConfiguration(Level(rule.Severity))))]);
        var results = report.Findings.Select(one => new SarifResult(one.Rule, index[one.Rule], Level(one.Severity), new SarifText($"{one.Message}. {one.Remedy}."), [Place(one, sitesFolder)]));
        return new SarifLog("https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", [new SarifRun(new SarifTool(driver), [.. results], "utf16CodeUnits")]);
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json.SarifLog) + "\n";

    private static string Level(Severity severity) => severity == Severity.Error ? "error" : "warning";

    private static SarifLocation Place(Finding finding, string sitesFolder) => new(new SarifPhysicalLocation(
        new SarifArtifact(string.Join('/', $"{sitesFolder}/{finding.File}".Split('/').Select(Uri.EscapeDataString))),
        new SarifRegion(finding.Position.Line, finding.Position.Column)));
}

internal sealed record SarifRun(SarifTool Tool, IReadOnlyList<SarifResult> Results, string ColumnKind);

internal sealed record SarifTool(SarifDriver Driver);

internal sealed record SarifDriver(string Name, string Version, IReadOnlyList<SarifRule> Rules);

internal sealed record SarifRule(string Id, SarifText ShortDescription, SarifText Help, SarifConfiguration DefaultConfiguration);

internal sealed record SarifConfiguration(string Level);

internal sealed record SarifText(string Text);

internal sealed record SarifResult(string RuleId, int RuleIndex, string Level, SarifText Message, IReadOnlyList<SarifLocation> Locations);

internal sealed record SarifLocation(SarifPhysicalLocation PhysicalLocation);

internal sealed record SarifPhysicalLocation(SarifArtifact ArtifactLocation, SarifRegion Region);

internal sealed record SarifArtifact(string Uri);

internal sealed record SarifRegion(int StartLine, int StartColumn);

[JsonSerializable(typeof(SarifLog))]
internal sealed partial class SarifJson : JsonSerializerContext;
