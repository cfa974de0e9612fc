using System.Net;
using FaceEdge.Configuration;

namespace FaceEdge.Web.Security;

/// <summary>
/// Decides who may change something: whoever knows <c>Api:Key</c> when one is set, else this host alone. A request that came through a
/// proxy, or under a name that is not this host's own (DNS rebinding), does not count as this host.
/// </summary>
internal sealed class ChangeGuard : IDisposable
{
    public const string KeyHeader = "X-Api-Key";

    /// <summary>The last is what ASP.NET Core makes of X-Forwarded-For when it is told to believe it.</summary>
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via", "X-Original-For"];

    private readonly KeyVerifier? _key;

    public ChangeGuard(ServiceOptions options) => _key = options.ApiKey is { } key ? new KeyVerifier(key, options.Http.KeyTriesPerMinute) : null;

    public bool AsksForKey => _key is not null;

    /// <summary>Null when the request may change something, else the problem to answer with.</summary>
    public ChangeRefusal? Check(HttpContext context)
    {
        if (_key is null)
        {
            return IsThisHost(context)
                ? null
                : new ChangeRefusal(
                    StatusCodes.Status403Forbidden,
                    "Changes are taken from this host only, because no Api:Key is set. Set Api__Key on the service and send it as X-Api-Key.");
        }

        if (Given(context.Request) is not { } given)
        {
            return new ChangeRefusal(StatusCodes.Status401Unauthorized, "Send the service's Api:Key as X-Api-Key.");
        }

        return _key.Verify(context, given) switch
        {
            KeyVerdict.Right => null,
            KeyVerdict.TooMany => new ChangeRefusal(
                StatusCodes.Status429TooManyRequests, "Too many wrong keys came from this address; Retry-After says when to come back."),
            _ => new ChangeRefusal(StatusCodes.Status401Unauthorized, "The key is not the service's Api:Key."),
        };
    }

    public void Dispose() => _key?.Dispose();

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
}
