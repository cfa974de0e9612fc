namespace FaceEdge.Web.Live;

/// <summary>Counts who is in, and lets no more in than so many.</summary>
internal abstract class EntryLimit
{
    private readonly int _most;
    private int _now;

    protected EntryLimit(int most) => _most = most;

    /// <summary>Lets one in; dispose the ticket when it goes. Null when the house is full.</summary>
    public IDisposable? TryEnter()
    {
        if (Interlocked.Increment(ref _now) > _most)
        {
            Interlocked.Decrement(ref _now);
            return null;
        }

        return new Ticket(this);
    }

    private sealed class Ticket(EntryLimit limit) : IDisposable
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
