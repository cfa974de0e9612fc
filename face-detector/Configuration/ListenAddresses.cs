using System.Net;

namespace FaceEdge.Configuration;

/// <summary>
/// Where the service is told to listen: <c>ASPNETCORE_URLS</c> or <c>--urls</c>, else <c>ASPNETCORE_HTTP_PORTS</c> and <c>ASPNETCORE_HTTPS_PORTS</c>, and
/// <c>Kestrel:Endpoints</c> before both. Checked before the server
/// reads them: it ends with a stack trace where it cannot read an address, and takes what it cannot read as a host for every address of the
/// machine.
/// </summary>
internal static class ListenAddresses
{
    public const string Key = "urls";

    /// <summary>Where it listens unless told otherwise.</summary>
    public const string Default = "http://*:8080";

    /// <summary>Ports on every address, parted by semicolons.</summary>
    private static readonly string[] PortKeys = ["http_ports", "https_ports"];

    private const string Allowed =
        "addresses such as http://*:8080 or https://10.0.0.5:8443, several parted by ;, without a path (ASPNETCORE_URLS or --urls)";

    private const string WrongPort = "a port that is no number from 0 to 65535";

    private const string AnyName = "a name other than localhost, for which every address of this machine would be listened on: write * where that is meant";

    /// <summary>Whether anything says where to listen.</summary>
    public static bool AreSet(IConfiguration configuration) =>
        new[] { Key }.Concat(PortKeys).Any(key => !string.IsNullOrEmpty(configuration[key])) || configuration.GetSection("Kestrel:Endpoints").Exists();

    /// <summary>As they are listened on, parted by semicolons; the addresses win over the ports.</summary>
    public static string Of(IConfiguration configuration) => configuration[Key] is { Length: > 0 } urls
        ? urls
        : string.Join(';', PortKeys.SelectMany(key => Ports(configuration, key).Select(port => $"{key[..^"_ports".Length]}://*:{port}")));

    /// <summary>The address at which this machine itself reaches a service with the same environment, in plain http.</summary>
    public static Uri OwnHealth(IConfiguration configuration)
    {
        var listens = Of(configuration).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(address => FaultOf(address) is null)
            .Select(BindingAddress.Parse)
            .FirstOrDefault(address => address is { Scheme: "http", IsUnixPipe: false }) ?? BindingAddress.Parse(Default);

        // A name, or * for all addresses: this machine's own is among them.
        var host = IPAddress.TryParse(listens.Host.Trim('[', ']'), out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
            ? listens.Host
            : "127.0.0.1";
        return new Uri($"http://{host}:{listens.Port}/healthz");
    }

    /// <summary>Faults every address that cannot be listened on whatever the machine.</summary>
    public static void Check(IConfiguration configuration, SettingsReader reader)
    {
        // Without one, the server listens where it does by itself.
        var addresses = (configuration[Key] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var address in addresses.Length == 0 && configuration[Key] is { Length: > 0 } ? [""] : addresses)
        {
            CheckAddress(Key, address, reader);
        }

        foreach (var (key, port) in PortKeys.SelectMany(key => Ports(configuration, key).Select(port => (key, port))).Where(one => !ushort.TryParse(one.port, out _)))
        {
            reader.Fault(key, port, "allowed are ports from 0 to 65535, several parted by ; (ASPNETCORE_HTTP_PORTS, ASPNETCORE_HTTPS_PORTS)");
        }

        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
        {
            CheckAddress($"{endpoint.Path}:Url", endpoint["Url"] ?? "", reader);
        }
    }

    private static string[] Ports(IConfiguration configuration, string key) =>
        (configuration[key] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Every other name makes the server listen on all addresses, also one that is misspelt.</summary>
    private static bool IsListenedOnAlone(string host) =>
        host is "*" or "+" || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.Trim('[', ']'), out _);

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
            { Host: var host } when !IsListenedOnAlone(host) => AnyName,
            _ => null,
        };
    }
}
