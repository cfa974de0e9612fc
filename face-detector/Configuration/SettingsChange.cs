using System.Text.Json;
using FaceEdge.Contracts;

namespace FaceEdge.Configuration;

/// <summary>
/// Reads the body of PUT /api/v1/settings: an object with any of mode, threshold, title, background and privacy. What is left out stays as it is;
/// null goes back to what the configuration says.
/// </summary>
internal static class SettingsChange
{
    /// <summary>Checks everything before anything is changed.</summary>
    /// <param name="body">The request's JSON.</param>
    /// <param name="faults">For each key at fault what is allowed; empty when the change can be made.</param>
    /// <returns>The change to lay over earlier ones.</returns>
    public static Func<SettingsOverride, SettingsOverride> Read(JsonElement body, out IReadOnlyList<SettingFault> faults)
    {
        var found = new List<SettingFault>();
        faults = found;
        Func<SettingsOverride, SettingsOverride> change = static before => before;
        if (body.ValueKind != JsonValueKind.Object)
        {
            found.Add(new SettingFault("$", body.ValueKind.ToString(), "a JSON object with any of mode, threshold, title, background and privacy"));
            return change;
        }

        foreach (var property in body.EnumerateObject())
        {
            var before = change;
            switch (property.Name)
            {
                case "mode" when TryRead(property, SettingRules.Optional(SettingRules.Mode), found, out var mode):
                    change = old => before(old) with { Mode = mode };
                    break;
                case "threshold" when TryRead(property, SettingRules.Optional(SettingRules.Threshold), found, out var threshold):
                    change = old => before(old) with { Threshold = threshold };
                    break;
                case "title" when TryRead(property, SettingRules.Line!, found, out var title):
                    change = old => before(old) with { Title = title };
                    break;
                case "background" when TryRead(property, SettingRules.Background!, found, out var background):
                    change = old => before(old) with { Background = background };
                    break;
                case "privacy" when TryRead(property, SettingRules.Optional(SettingRules.Privacy), found, out var privacy):
                    change = old => before(old) with { Privacy = privacy };
                    break;
                case "mode" or "threshold" or "title" or "background" or "privacy":
                    break;
                default:
                    found.Add(new SettingFault(property.Name, Shown(property.Value), "no such setting; there are mode, threshold, title, background and privacy"));
                    break;
            }
        }

        return change;
    }

    private static bool TryRead<T>(JsonProperty property, SettingRule<T?> rule, List<SettingFault> faults, out T? value)
    {
        value = default;
        var text = property.Value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => property.Value.GetString(),
            JsonValueKind.Number => property.Value.GetRawText(),
            _ => "",
        };
        if (text is null || rule.TryParse(text, out value))
        {
            return true;
        }

        faults.Add(new SettingFault(property.Name, Shown(property.Value), $"allowed is {rule.Allowed}"));
        return false;
    }

    private static string Shown(JsonElement value)
    {
        var text = value.ToString();
        return text.Length <= SettingRules.MaxTextLength ? text : text[..SettingRules.MaxTextLength] + "…";
    }
}
