using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using FaceEdge.Streaming;

namespace FaceEdge.Web.Live;

/// <summary>Turns changes into an endless series of events for one listener.</summary>
internal sealed class EventStream
{
    /// <summary>Ten times a second is as fast as a program that follows events needs, and bounds what a listener costs.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Something is sent at least this often, so that a vanished listener is noticed and proxies keep the connection.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);

    private readonly ServiceState _state;
    private readonly CameraSet _cameras;
    private readonly ChangeFeed _changes;
    private readonly TimeProvider _time;

    public EventStream(ServiceState state, CameraSet cameras, ChangeFeed changes, TimeProvider time)
    {
        _state = state;
        _cameras = cameras;
        _changes = changes;
        _time = time;
    }

    public async IAsyncEnumerable<SseItem<string>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var wakeup = new Wakeup();
        var cursor = new EventCursor(_state, _cameras.Pipelines, detections: true, _time);
        await using var heartbeat = _time.CreateTimer(static wakeup => ((Wakeup)wakeup!).Set(), wakeup, Heartbeat, Heartbeat);
        _changes.Add(wakeup);
        try
        {
            do
            {
                foreach (var change in cursor.Next())
                {
                    yield return new SseItem<string>(change.Data, change.Type);
                }
            }
            while (await NextAsync(wakeup, cancellationToken));
        }
        finally
        {
            _changes.Remove(wakeup);
        }
    }

    /// <summary>False when the listener has gone or the host stops: the ordinary end of a stream of events, and no error.</summary>
    private async ValueTask<bool> NextAsync(Wakeup wakeup, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Pause, _time, cancellationToken);
            await wakeup.WaitAsync(cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
