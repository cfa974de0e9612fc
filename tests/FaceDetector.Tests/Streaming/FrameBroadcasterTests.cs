using FaceEdge.Streaming;

namespace FaceEdge.Tests.Streaming;

public sealed class FrameBroadcasterTests : IDisposable
{
    private readonly EncodedFramePool _pool = new();
    private readonly FrameBroadcaster _broadcaster = new(_ => { });

    [Fact]
    public void Every_viewer_gets_the_same_buffer()
    {
        using var first = _broadcaster.Subscribe(new Wakeup());
        using var second = _broadcaster.Subscribe(new Wakeup());
        var frame = _pool.Rent();

        _broadcaster.Publish(frame);

        using var one = first.Take();
        using var other = second.Take();
        Assert.Same(frame, one);
        Assert.Same(frame, other);
    }

    [Fact]
    public void A_slow_viewer_gets_the_newest_picture_and_misses_those_between()
    {
        using var viewer = _broadcaster.Subscribe(new Wakeup());
        for (var sequence = 1; sequence <= 10; sequence++)
        {
            Publish(sequence);
        }

        using var taken = viewer.Take();
        Assert.Equal(10, taken?.Sequence);
        Assert.Null(viewer.Take());
    }

    [Fact]
    public void A_picture_that_nobody_watches_goes_straight_back()
    {
        var frame = _pool.Rent();

        _broadcaster.Publish(frame);

        Assert.False(_broadcaster.HasPicture);
        Assert.Same(frame, _pool.Rent());
    }

    [Fact]
    public void A_second_viewer_gets_the_newest_picture_at_once()
    {
        using var first = _broadcaster.Subscribe(new Wakeup());
        Publish(7);

        using var second = _broadcaster.Subscribe(new Wakeup());

        using var taken = second.Take();
        Assert.Equal(7, taken?.Sequence);
    }

    [Fact]
    public void A_first_viewer_is_not_greeted_with_an_old_picture()
    {
        var gone = _broadcaster.Subscribe(new Wakeup());
        Publish(7);
        gone.Dispose();

        using var viewer = _broadcaster.Subscribe(new Wakeup());

        Assert.Null(viewer.Take());
    }

    [Fact]
    public void A_viewer_that_leaves_gives_its_picture_back()
    {
        var viewer = _broadcaster.Subscribe(new Wakeup());
        var frame = _pool.Rent();
        _broadcaster.Publish(frame);

        viewer.Dispose();
        viewer.Dispose();

        Assert.Equal(0, _broadcaster.Viewers);
        Assert.Same(frame, _pool.Rent());
    }

    [Fact]
    public async Task Many_signals_wake_a_busy_viewer_once()
    {
        var wakeup = new Wakeup();
        using var viewer = _broadcaster.Subscribe(wakeup);
        Publish(1);
        Publish(2);

        await wakeup.WaitAsync(TestContext.Current.CancellationToken);
        viewer.Take()?.Dispose();

        using var ended = new CancellationTokenSource();
        var waiting = wakeup.WaitAsync(ended.Token).AsTask();
        Assert.False(waiting.IsCompleted);
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    public void Dispose() => _broadcaster.Dispose();

    private void Publish(long sequence)
    {
        var frame = _pool.Rent();
        frame.Sequence = sequence;
        _broadcaster.Publish(frame);
    }
}
