
namespace FaceEdge.Deploy.Sites;

/// <summary>A setting of the service and the value it is to have.</summary>
internal sealed record SettingChange(string Key, string Value)
{
    /// <summary>Reads KEY=VALUE and checks both against what the service allows.</summary>
    /// <exception cref="SitesException">The text is not KEY=VALUE, or the service would refuse it.</exception>
    public static SettingChange Parse(string text)
    {
        if (text.Split('=', 2) is not [{ Length: > 0 } key, var value])
        {
            throw new SitesException($"'{text}' is not KEY=VALUE", "write it as Detector__Mode=eyes");
        }

        return ServiceSettings.Check(key, value) is { } fault
            ? throw new SitesException(fault, "docs/sites.md lists the settings and their values")
            : new SettingChange(key, value);
    }

    public override string ToString() => $"{Key}={Value}";
}
