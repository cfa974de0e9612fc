using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using FaceEdge.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FaceEdge.Web.Security;

/// <summary>How often one address may ask for what costs or changes something.</summary>
/// <remarks>
/// Addresses share so many places by a hash that differs in each run: the state is bounded however many addresses come, and the price is that two
/// may, rarely, share one allowance. An IPv6 host owns a whole /64, so that counts as one address.
/// </remarks>
internal static class AddressLimits
{
    public const string Uploads = "uploads";

    public const string Changes = "changes";

    private const int Places = 1024;

    private const int Ipv6NetworkBytes = 8;

    public static void AddAddressLimits(this IServiceCollection services, HttpAccessOptions options) => services.AddRateLimiter(limiter =>
    {
        limiter.AddPolicy(Uploads, context => Partition(context, options.UploadsPerMinute));
        limiter.AddPolicy(Changes, context => Partition(context, options.ChangesPerMinute));
        limiter.OnRejected = static (rejected, _) => new ValueTask(Refuse(rejected.HttpContext, rejected.Lease).ExecuteAsync(rejected.HttpContext));
    });

    /// <summary>A limiter for each place; the whole allowance may be used at once and comes back evenly over the minute.</summary>
    public static RateLimitPartition<int> Partition(HttpContext context, int perMinute) => RateLimitPartition.GetTokenBucketLimiter(
        Place(context.Connection.RemoteIpAddress), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / perMinute,
        });

    /// <summary>As above, in whole: the allowance comes back when the minute is over, so that what is left of it can be asked for without taking any.</summary>
    public static RateLimitPartition<int> Window(HttpContext context, int perMinute) => RateLimitPartition.GetFixedWindowLimiter(
        Place(context.Connection.RemoteIpAddress), _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) });

    /// <summary>Says when to come back.</summary>
    public static void TellWhen(HttpContext context, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    internal static int Place(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address is null || !address.TryWriteBytes(bytes, out var length))
        {
            return 0;
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            length = address.IsIPv4MappedToIPv6 ? length : Ipv6NetworkBytes;
        }

        var hash = default(HashCode);
        hash.AddBytes(bytes[..length]);
        return (hash.ToHashCode() & int.MaxValue) % Places;
    }

    private static ProblemHttpResult Refuse(HttpContext context, RateLimitLease lease)
    {
        TellWhen(context, lease);
        return TypedResults.Problem(
            "This address has asked too often; Retry-After says when to come back.", statusCode: StatusCodes.Status429TooManyRequests, title: "Too many requests");
    }
}
