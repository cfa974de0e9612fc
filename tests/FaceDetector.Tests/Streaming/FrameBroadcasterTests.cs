using FaceEdge.Capture;
using FaceEdge.Streaming;
using FaceEdge.Tests.Capture;

namespace FaceEdge.Tests.Streaming;

public sealed class FrameBroadcasterTests : IDisposable
{
    private readonly EncodedFramePool _pool = new();
    private readonly FrameBroadcaster _broadcaster = new(() => { });

    [Fact]
    public void Every_viewer_gets_the_same_buffer()
    {
        using var first = _broadcaster.Subscribe(new Wakeup());
        using var second = _broadcaster.Subscribe(new Wakeup());
        var frame = _pool.Rent();

        _broadcaster.Publish(default, frame);

        using var one = first.Take();
        using var other = second.Take();
        Assert.Same(frame, one);
        Assert.Same(frame, other);
    }

    [Fact]
    public void A_slow_viewer_gets_the_newest_frame_and_misses_those_between()
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
    public void A_frame_that_nobody_watches_goes_straight_back()
    {
        var frame = _pool.Rent();

        _broadcaster.Publish(default, frame);

        Assert.Same(frame, _pool.Rent());
    }

    [Fact]
    public void A_second_viewer_gets_the_newest_frame_at_once()
    {
        using var first = _broadcaster.Subscribe(new Wakeup());
        Publish(7);

        using var second = _broadcaster.Subscribe(new Wakeup());

        using var taken = second.Take();
        Assert.Equal(7, taken?.Sequence);
    }

    [Fact]
    public void A_first_viewer_is_not_greeted_with_an_old_frame()
    {
        var gone = _broadcaster.Subscribe(new Wakeup());
        Publish(7);
        gone.Dispose();

        using var viewer = _broadcaster.Subscribe(new Wakeup());

        Assert.Null(viewer.Take());
    }

    [Fact]
    public void A_viewer_that_leaves_gives_its_frame_back()
    {
        var viewer = _broadcaster.Subscribe(new Wakeup());
        var frame = _pool.Rent();
        _broadcaster.Publish(default, frame);

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

    [Fact]
    public void A_viewer_gets_frames_of_its_own_rendition_alone()
    {
        var small = Rendition.Within(640, 60);
        using var full = _broadcaster.Subscribe(new Wakeup());
        using var thin = _broadcaster.Subscribe(new Wakeup(), small);

        Assert.Equal(RenditionSet.Of(default).With(small), _broadcaster.Due(0));
        Publish(1);
        Publish(2, rendition: small);

        using var fullTaken = full.Take();
        using var thinTaken = thin.Take();
        Assert.Equal((1, 2), (fullTaken?.Sequence, thinTaken?.Sequence));
    }

    [Fact]
    public void A_viewer_that_changes_its_rendition_gets_the_newest_of_it_at_once()
    {
        var small = Rendition.Within(480, null);
        using var other = _broadcaster.Subscribe(new Wakeup(), small);
        using var viewer = _broadcaster.Subscribe(new Wakeup());
        Publish(7, rendition: small);

        viewer.Change(small, null);

        using var taken = viewer.Take();
        Assert.Equal(7, taken?.Sequence);
        Assert.Equal(RenditionSet.Of(small), _broadcaster.Due(0));
    }

    [Fact]
    public void A_viewer_with_a_pace_gets_a_frame_when_it_is_due_and_none_is_wanted_between()
    {
        var clock = new ManualClock();
        using var viewer = _broadcaster.Subscribe(new Wakeup(), default, new FramePace(2, clock));
        var shown = new List<long>();
        for (var at = 0L; at < TimeSpan.TicksPerSecond; at += TimeSpan.TicksPerSecond / 10)
        {
            if (!_broadcaster.Due(at).IsEmpty)
            {
                Publish(at, at);
                using var taken = viewer.Take();
                shown.Add(taken!.Sequence);
            }
        }

        Assert.Equal([0, TimeSpan.TicksPerSecond / 2], shown);
    }

    [Fact]
    public void A_viewer_with_a_pace_does_not_miss_what_may_be_the_last_frame_for_long()
    {
        using var viewer = _broadcaster.Subscribe(new Wakeup(), default, new FramePace(1, new ManualClock()));
        Publish(1);
        viewer.Take()?.Dispose();

        Assert.Equal(RenditionSet.Of(default), _broadcaster.Hurry());
        Publish(2);

        using var taken = viewer.Take();
        Assert.Equal(2, taken?.Sequence);
    }

    [Fact]
    public void A_frame_that_a_pace_left_behind_greets_nobody()
    {
        using var paced = _broadcaster.Subscribe(new Wakeup(), default, new FramePace(1, new ManualClock()));
        Publish(1);
        Assert.True(_broadcaster.Due(TimeSpan.TicksPerSecond / 2).IsEmpty);

        using var viewer = _broadcaster.Subscribe(new Wakeup());

        Assert.Null(viewer.Take());
        Assert.Equal(RenditionSet.Of(default), _broadcaster.Lacking());
    }

    public void Dispose() => _broadcaster.Dispose();

    private void Publish(long sequence, long at = 0, Rendition rendition = default)
    {
        var frame = _pool.Rent();
        frame.Sequence = sequence;
        frame.CapturedAt = at;
        _broadcaster.Publish(rendition, frame);
    }
}
