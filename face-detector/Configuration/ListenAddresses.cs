namespace FaceEdge.Configuration;

/// <summary>
/// Where the service is told to listen: <c>ASPNETCORE_URLS</c> or <c>--urls</c>, and <c>Kestrel:Endpoints</c>. Checked before the server
/// reads them: it ends with a stack trace where it cannot read an address, and takes what it cannot read as a host for every address of the
/// machine.
/// </summary>
internal static class ListenAddresses
{
    public const string Key = "urls";

    private const string Allowed =
        "addresses such as http://*:8080 or https://10.0.0.5:8443, several parted by ;, without a path (ASPNETCORE_URLS or --urls)";

    private const string WrongPort = "a port that is no number from 0 to 65535";

    /// <summary>Faults every address that cannot be listened on whatever the machine.</summary>
    public static void Check(IConfiguration configuration, SettingsReader reader)
    {
        foreach (var address in (configuration[Key] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            CheckAddress(Key, address, reader);
        }

        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
        {
            CheckAddress($"{endpoint.Path}:Url", endpoint["Url"] ?? "", reader);
            CheckFile(endpoint.GetSection("Certificate"), reader);
        }

        foreach (var certificate in configuration.GetSection("Kestrel:Certificates").GetChildren())
        {
            CheckFile(certificate, reader);
        }
    }

    private static void CheckAddress(string key, string text, SettingsReader reader)
    {
        if (FaultOf(text) is { } fault)
        {
            reader.Fault(key, text, $"{fault}; allowed are {Allowed}");
        }
    }

    private static string? FaultOf(string text)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(text);
        }
        catch (FormatException)
        {
            return "no address";
        }

        return address switch
        {
            { Scheme: not ("http" or "https") } => "a scheme other than http and https",
            { IsUnixPipe: true } => null,
            { PathBase.Length: > 0 } => "holds a path",
            { Host: var host } when host.Contains('@', StringComparison.Ordinal) => "holds a user",
            { Host: var host } when host.Contains(':', StringComparison.Ordinal) && host is not ['[', .., ']'] => WrongPort,
            { Port: < 0 or > ushort.MaxValue } => WrongPort,
            _ => null,
        };
    }

    private static void CheckFile(IConfigurationSection certificate, SettingsReader reader)
    {
        foreach (var key in new[] { "Path", "KeyPath" })
        {
            if (certificate[key] is { Length: > 0 } path && !File.Exists(path))
            {
                reader.Fault(
                    $"{certificate.Path}:{key}", path, "there is no such file that this user may see; mount the certificate there, or correct the path");
            }
        }
    }
}
