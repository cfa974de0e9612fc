namespace FaceEdge.Streaming;

/// <summary>Wakes every listener when something that pages show has changed; each then looks at the newest state by itself.</summary>
internal sealed class ChangeFeed
{
    private readonly Lock _gate = new();
    private Wakeup[] _listeners = [];

    public void Add(Wakeup listener)
    {
        lock (_gate)
        {
            _listeners = [.. _listeners, listener];
        }
    }

    public void Remove(Wakeup listener)
    {
        lock (_gate)
        {
            _listeners = Array.FindAll(_listeners, other => other != listener);
        }
    }

    public void Notify()
    {
        foreach (var listener in Volatile.Read(ref _listeners))
        {
            listener.Set();
        }
    }
}
