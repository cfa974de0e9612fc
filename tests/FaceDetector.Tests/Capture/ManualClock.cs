using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace FaceEdge.Tests.Capture;

/// <summary>A clock that stands still until told, fires the timers it passes, and tells of each timer that is made.</summary>
internal sealed class ManualClock() : FakeTimeProvider(DateTimeOffset.UnixEpoch)
{
    private readonly Channel<TimeSpan> _made = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _made.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>When the next timer that somebody makes, or has made since the last call, will be due.</summary>
    public ValueTask<TimeSpan> TimerMadeAsync() => _made.Reader.ReadAsync(TestContext.Current.CancellationToken);
}
