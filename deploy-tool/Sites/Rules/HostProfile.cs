using System.Text.Json;
using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;
using YamlDotNet.Core;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>The profile is JSON in a string: YAML tools do not see what is wrong in it, the host does.</summary>
internal sealed class HostProfile : SiteRule
{
    public override string Id => "FE5002";

    public override string Summary => "The profile of a HostConfiguration is a JSON object with the member esx";

    public override string Remedy => "correct the JSON at this place";

    public override IEnumerable<Finding> Check(SiteView site)
    {
        foreach (var one in site.Of("HostConfiguration"))
        {
            if (one.Root.At("spec", "profile") is not YamlScalar profile)
            {
                continue;
            }

            var (message, line) = Read(profile.Value);
            if (message is not null)
            {
                yield return Broken(one.File, PlaceOf(profile, line), $"{one}: {message}");
            }
        }
    }

    private static (string? Message, long Line) Read(string profile)
    {
        try
        {
            using var json = JsonDocument.Parse(profile, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("esx", out var esx) && esx.ValueKind == JsonValueKind.Object
                ? (null, 0)
                : ("the profile is not a JSON object with the member esx", 0);
        }
        catch (JsonException exception)
        {
            return ($"the profile is not JSON: {exception.Message.Split(". ")[0].TrimEnd('.')}", exception.LineNumber ?? 0);
        }
    }

    /// <summary>In a literal block the lines of the text are the lines of the file, from the one after the indicator.</summary>
    private static SourcePosition PlaceOf(YamlScalar profile, long line) =>
        profile.Style == ScalarStyle.Literal ? new SourcePosition(profile.Start.Offset, profile.Start.Line + 1 + (int)line, 1) : profile.Start;
}
