using FaceEdge.Web.Settings;

namespace FaceEdge.Web.Live;

/// <summary>Counts streams and pages, and lets no more in than the host can serve.</summary>
internal sealed class ViewerLimit
{
    private readonly int _most;
    private int _now;

    public ViewerLimit(ServiceOptions options) => _most = options.Stream.MaxViewers;

    /// <summary>Lets a viewer in; dispose the ticket when it goes. Null when the house is full.</summary>
    public IDisposable? TryEnter()
    {
        if (Interlocked.Increment(ref _now) > _most)
        {
            Interlocked.Decrement(ref _now);
            return null;
        }

        return new Ticket(this);
    }

    private sealed class Ticket(ViewerLimit limit) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) == 0)
            {
                Interlocked.Decrement(ref limit._now);
            }
        }
    }
}
