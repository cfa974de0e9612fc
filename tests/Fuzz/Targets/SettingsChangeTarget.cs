using System.Text.Json;
using FaceEdge.Configuration;
using FaceEdge.Contracts;
using FaceEdge.Web.Api;
using Microsoft.Extensions.Configuration;

namespace FaceEdge.Fuzz.Targets;

/// <summary>The body of PUT /api/v1/settings: taken whole and within the rules, or refused with each fault named.</summary>
internal sealed class SettingsChangeTarget : FuzzTarget
{
    private static readonly LiveSettings Standard = ServiceOptions.Read(new ConfigurationBuilder().Build()).Live;

    public override string Name => "settings-change";

    public override int MaxLength => 1024;

    public override IReadOnlyList<byte[]> Words { get; } = AsBytes(
        "\"mode\":", "\"threshold\":", "\"title\":", "\"background\":", "\"eyes\"", "null", "1e999", "-0", "\"\\ud800\"", "\\ud800", "\\u0000", "\"pink\"", "\"#fcb\"", "{", "}", "[", "]", ",", "\"", "é", "\u2028");

    public override IEnumerable<byte[]> Seeds() => AsBytes(
        """{"mode":"eyes","threshold":0.7,"title":"Yard","background":"pink"}""", """{"title":null,"mode":null}""", """{"background":"#a1b2c3","threshold":"0.6"}""", "[1]");

    public override void Run(ReadOnlySpan<byte> input)
    {
        JsonElement body;
        try
        {
            using var document = JsonDocument.Parse(input.ToArray());
            body = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return;
        }

        Func<SettingsOverride, SettingsOverride> change;
        IReadOnlyList<SettingFault> faults;
        try
        {
            change = SettingsChange.Read(body, out faults);
        }
        catch (InvalidOperationException)
        {
            // Text that is no Unicode, which the endpoint answers as it answers what is no JSON.
            return;
        }

        if (faults.Count > 0)
        {
            Require(faults.All(fault => fault.ToString().Length < 2000), "faults that are not endless");
            JsonSerializer.SerializeToUtf8Bytes(faults.Select(fault => fault.ToString()).ToArray());
            return;
        }

        var settings = new SettingsStore(Standard).Override(change, mayLoosen: true).After;
        Require(settings.Title.Length is > 0 and <= SettingRules.MaxTextLength && !settings.Title.Any(char.IsControl), "a title of one line");
        Require(settings.Threshold is null or (>= 0.05 and <= 0.99), "a threshold in range");
        Require(settings.Background is null || CssColour.TryParse(settings.Background, out _), "a background that is a colour");
        JsonSerializer.SerializeToUtf8Bytes(SettingsDto.From(settings, 0.6), FaceDetectorJson.Default.SettingsDto);
    }
}
