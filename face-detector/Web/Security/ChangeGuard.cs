using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
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

    private readonly byte[]? _keyHash;

    /// <summary>Made for the first who brings a key: a limiter wakes the processor ten times a second for as long as it lives.</summary>
    private readonly Lazy<PartitionedRateLimiter<HttpContext>> _wrongKeys;

    public ChangeGuard(ServiceOptions options)
    {
        _keyHash = options.ApiKey is { } key ? Hash(key) : null;
        _wrongKeys = new Lazy<PartitionedRateLimiter<HttpContext>>(() =>
            PartitionedRateLimiter.Create<HttpContext, int>(context => AddressLimits.Window(context, options.Http.KeyTriesPerMinute)));
    }

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

        if (Given(context.Request) is not { } given)
        {
            return new ChangeRefusal(StatusCodes.Status401Unauthorized, "Send the service's Api:Key as X-Api-Key.");
        }

        // Asked first: who has guessed too often learns nothing from a right guess.
        using var allowance = _wrongKeys.Value.AttemptAcquire(context, permitCount: 0);
        if (!allowance.IsAcquired)
        {
            AddressLimits.TellWhen(context, allowance);
            return new ChangeRefusal(StatusCodes.Status429TooManyRequests, "Too many wrong keys came from this address; Retry-After says when to come back.");
        }

        if (CryptographicOperations.FixedTimeEquals(Hash(given), _keyHash))
        {
            return null;
        }

        _wrongKeys.Value.AttemptAcquire(context).Dispose();
        return new ChangeRefusal(StatusCodes.Status401Unauthorized, "The key is not the service's Api:Key.");
    }

    public void Dispose()
    {
        if (_wrongKeys.IsValueCreated)
        {
            _wrongKeys.Value.Dispose();
        }
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
