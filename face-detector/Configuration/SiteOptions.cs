using System.Diagnostics.CodeAnalysis;
using FaceEdge.Contracts;

namespace FaceEdge.Configuration;

/// <summary>Which site this is: the section <c>Site</c>.</summary>
/// <param name="Name">Shown on the page.</param>
/// <param name="Environment">Such as qa, uat or production: the badge on the page.</param>
/// <param name="Contact">Who runs the site, shown on the page; null where nobody is named.</param>
/// <param name="Image">The container image with its digest, as the manifest pins it; null where none was given.</param>
internal sealed record SiteOptions(string Name, string Environment, string? Contact, string? Image)
{
    private static readonly SettingRule<string> Reference = new(
        "an image reference of at most 512 visible characters",
        (string text, [MaybeNullWhen(false)] out string value) =>
        {
            value = text;
            return text.Length <= 512 && !text.Any(character => char.IsControl(character) || char.IsWhiteSpace(character));
        });

    public static SiteOptions Read(SettingsReader reader) => new(
        reader.Read("Site:Name", System.Environment.MachineName, SettingRules.Line),
        reader.Read("Site:Environment", "local", SettingRules.Line),
        reader.Read("Site:Contact", (string?)null, SettingRules.Line!),
        reader.Read("Site:Image", (string?)null, Reference!));
}
