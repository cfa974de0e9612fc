using System.Threading.Channels;

namespace FaceEdge.Streaming;

/// <summary>
/// Tells one waiting loop that something newer is there. Signals that come while it is busy fall together into one,
/// so a slow loop has nothing to catch up with: it looks at the newest state and goes on.
/// </summary>
internal sealed class Wakeup
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Wakes the loop, now or as soon as it waits again. Never blocks and never runs the loop itself.</summary>
    public void Set() => _signal.Writer.TryWrite(true);

    /// <summary>Waits for the next signal; one loop at a time.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask WaitAsync(CancellationToken cancellationToken) => await _signal.Reader.ReadAsync(cancellationToken);
}
