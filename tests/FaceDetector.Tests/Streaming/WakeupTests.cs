using FaceEdge.Streaming;

namespace FaceEdge.Tests.Streaming;

public sealed class WakeupTests
{
    private readonly Wakeup _wakeup = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signals_that_nobody_waited_for_merge_into_one()
    {
        _wakeup.Set();
        _wakeup.Set();

        await _wakeup.WaitAsync(Cancel);
        var second = _wakeup.WaitAsync(Cancel);

        Assert.False(second.IsCompleted);
        _wakeup.Set();
        await second;
    }

    [Fact]
    public async Task A_signal_wakes_the_loop_that_waits_and_not_the_wait_after_it()
    {
        var first = _wakeup.WaitAsync(Cancel);
        _wakeup.Set();
        await first;

        var second = _wakeup.WaitAsync(Cancel);

        Assert.False(second.IsCompleted);
        _wakeup.Set();
        await second;
    }

    [Fact]
    public async Task A_cancelled_wait_leaves_the_signal_to_the_next()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = _wakeup.WaitAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
        _wakeup.Set();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _wakeup.WaitAsync(cancellation.Token));

        await _wakeup.WaitAsync(Cancel);
    }

    [Fact]
    public async Task A_second_loop_is_refused()
    {
        var first = _wakeup.WaitAsync(Cancel);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _wakeup.WaitAsync(Cancel));

        _wakeup.Set();
        await first;
    }

    [Fact]
    public async Task Signals_and_cancellations_racing_lose_no_signal()
    {
        const int Turns = 1_000;
        var seen = 0;
        var set = 0;
        var setter = Task.Run(
            () =>
            {
                for (; set < Turns; Interlocked.Increment(ref set))
                {
                    _wakeup.Set();
                    Thread.Yield();
                }

                _wakeup.Set();
            },
            Cancel);
        while (seen < Turns)
        {
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            var cancelling = Task.Run(cancellation.Cancel, Cancel);
            try
            {
                await _wakeup.WaitAsync(cancellation.Token);
                seen = Volatile.Read(ref set);
            }
            catch (OperationCanceledException)
            {
                Cancel.ThrowIfCancellationRequested();
            }

            await cancelling;
        }

        await setter;
        Assert.Equal(Turns, seen);
    }
}
