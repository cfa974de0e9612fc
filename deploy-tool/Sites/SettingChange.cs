namespace FaceEdge.Deploy.Sites;

/// <summary>A setting of the service and the value it is to have.</summary>
internal sealed record SettingChange(string Key, string Value)
{
    /// <summary>Reads KEY=VALUE.</summary>
    /// <exception cref="SitesException">The text is not KEY=VALUE.</exception>
    public static SettingChange Parse(string text) => text.Split('=', 2) is [{ Length: > 0 } key, var value]
        ? new SettingChange(key, value)
        : throw new SitesException($"'{text}' is not KEY=VALUE", "write it as Detector__Mode=eyes");

    /// <summary>Checks key and value against what the service allows.</summary>
    /// <exception cref="SitesException">The service would refuse the setting.</exception>
    public void RequireSetting()
    {
        if (ServiceSettings.Check(Key, Value) is { } fault)
        {
            throw new SitesException(fault, "docs/site-settings.md lists the settings and their values");
        }
    }

    public override string ToString() => $"{Key}={Value}";
}
