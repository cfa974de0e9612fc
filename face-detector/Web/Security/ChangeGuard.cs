using System.Net;
using System.Security.Cryptography;
using System.Text;
using FaceEdge.Web.Settings;

namespace FaceEdge.Web.Security;

/// <summary>
/// Decides who may change something: whoever knows <c>Api:Key</c> when one is set, else this host alone. A request that came through a
/// proxy, or under a name that is not this host's own (DNS rebinding), does not count as this host.
/// </summary>
internal sealed class ChangeGuard
{
    public const string KeyHeader = "X-Api-Key";

    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"];

    private readonly byte[]? _keyHash;

    public ChangeGuard(ServiceOptions options) => _keyHash = options.ApiKey is { } key ? Hash(key) : null;

    public bool AsksForKey => _keyHash is not null;

    /// <summary>Null when the request may change something, else the problem to answer with.</summary>
    public ChangeRefusal? Check(HttpContext context)
    {
        if (_keyHash is null)
        {
            return IsThisHost(context)
                ? null
                : new ChangeRefusal(
                    StatusCodes.Status403Forbidden,
                    "Changes are taken from this host only, because no Api:Key is set. Set Api__Key on the service and send it as X-Api-Key.");
        }

        var given = Given(context.Request);
        return given is not null && CryptographicOperations.FixedTimeEquals(Hash(given), _keyHash)
            ? null
            : new ChangeRefusal(
                StatusCodes.Status401Unauthorized,
                given is null ? "Send the service's Api:Key as X-Api-Key." : "The key is not the service's Api:Key.");
    }

    private static string? Given(HttpRequest request)
    {
        if (request.Headers.TryGetValue(KeyHeader, out var key))
        {
            return key.ToString();
        }

        const string Bearer = "Bearer ";
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : null;
    }

    private static bool IsThisHost(HttpContext context)
    {
        var host = context.Request.Host.Host.Trim('[', ']');
        return context.Connection.RemoteIpAddress is { } remote
            && IPAddress.IsLoopback(remote)
            && (host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address)))
            && !Array.Exists(ProxyHeaders, context.Request.Headers.ContainsKey);
    }

    /// <summary>Equal lengths for the comparison, which must not take longer for a better guess.</summary>
    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
