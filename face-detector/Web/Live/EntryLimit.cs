using System.Threading.RateLimiting;
using FaceEdge.Configuration;

namespace FaceEdge.Web.Live;

/// <summary>Lets so many in at a time and no more; nobody waits.</summary>
internal abstract class EntryLimit : IDisposable
{
    private readonly ConcurrencyLimiter _limiter;

    /// <param name="most">At least 1.</param>
    protected EntryLimit(int most) => _limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = most, QueueLimit = 0 });

    /// <summary>Lets one in; dispose the ticket when it goes. Null when the limit is reached.</summary>
    public IDisposable? TryEnter()
    {
        var lease = _limiter.AttemptAcquire();
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        return null;
    }

    public void Dispose() => _limiter.Dispose();
}

/// <summary>All who are served frames or events: no more than the host can serve.</summary>
internal sealed class ViewerLimit(ServiceOptions options) : EntryLimit(options.Stream.MaxViewers);

/// <summary>Visitors' cameras: each keeps frames of its own in memory, where all viewers share one.</summary>
internal sealed class VisitorLimit(ServiceOptions options) : EntryLimit(options.Upload.MaxVisitors);
