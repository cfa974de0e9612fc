using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace FaceEdge.Web.Security;

/// <summary>An allowance a minute for each address.</summary>
/// <remarks>
/// Addresses share so many places by a hash that differs in each run: the state is bounded however many addresses come, and the price is that two
/// may, rarely, share one allowance. An IPv6 host owns a whole /64, so that counts as one address.
/// </remarks>
internal sealed class AddressLimiter : IDisposable
{
    private const int Places = 1024;

    private const int Ipv6NetworkBytes = 8;

    /// <summary>Made for the first who asks: a limiter wakes the processor ten times a second for as long as it lives.</summary>
    private readonly Lazy<PartitionedRateLimiter<HttpContext>> _limiter;

    private AddressLimiter(Func<int, RateLimitPartition<int>> partition) => _limiter = new Lazy<PartitionedRateLimiter<HttpContext>>(
        () => PartitionedRateLimiter.Create<HttpContext, int>(context => partition(Place(context.Connection.RemoteIpAddress))));

    /// <summary>The whole allowance may be used at once and comes back evenly over the minute.</summary>
    public static AddressLimiter Evenly(int perMinute) => new(place => RateLimitPartition.GetTokenBucketLimiter(
        place, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / perMinute,
        }));

    /// <summary>The allowance comes back when the minute is over, so that what is left of it can be asked for without taking any.</summary>
    public static AddressLimiter InWindows(int perMinute) => new(place => RateLimitPartition.GetFixedWindowLimiter(
        place, _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) }));

    /// <summary>Takes so much of the allowance of the request's address; 0 asks whether anything is left.</summary>
    public RateLimitLease Acquire(HttpContext context, int permits = 1) => _limiter.Value.AttemptAcquire(context, permits);

    public void Dispose()
    {
        if (_limiter.IsValueCreated)
        {
            _limiter.Value.Dispose();
        }
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
}
