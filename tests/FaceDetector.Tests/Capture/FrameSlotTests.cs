using FaceEdge.Capture;
using FaceEdge.Imaging;

namespace FaceEdge.Tests.Capture;

public sealed class FrameSlotTests : IDisposable
{
    private readonly FramePool _pool = new();
    private readonly ManualClock _clock = new();
    private readonly FrameSlot _slot;

    /// <summary>Whether this thread is putting a frame.</summary>
    [ThreadStatic]
    private static bool _isPutting;

    public FrameSlotTests() => _slot = new FrameSlot(_clock);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_newest_frame_replaces_older_ones_and_they_count_as_dropped()
    {
        _slot.Put(Numbered(1));
        _slot.Put(Numbered(2));
        _slot.Put(Numbered(3));

        using var frame = await _slot.NextAsync(0, Cancel);

        Assert.Equal(3, frame.Sequence);
        Assert.Equal(2, _slot.Dropped);
    }

    [Fact]
    public async Task A_waiting_reader_gets_the_next_frame_and_nothing_counts_as_dropped()
    {
        var waiting = _slot.NextAsync(0, Cancel);
        Assert.False(waiting.IsCompleted);
        _slot.Put(Numbered(1));
        using var first = await waiting;
        _slot.Put(Numbered(2));
        using var second = await _slot.NextAsync(1, Cancel);

        Assert.Equal((1, 2, 0), (first.Sequence, second.Sequence, _slot.Dropped));
    }

    [Fact]
    public async Task A_reader_that_has_the_latest_frame_waits_for_a_newer_one()
    {
        _slot.Put(Numbered(1));
        var waiting = _slot.NextAsync(1, Cancel);
        Assert.False(waiting.IsCompleted);

        _slot.Put(Numbered(2));
        using var frame = await waiting;

        Assert.Equal(2, frame.Sequence);
    }

    [Fact]
    public async Task A_cancelled_wait_leaves_the_slot_ready_for_the_next_reader()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = _slot.NextAsync(0, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _slot.NextAsync(0, cancellation.Token));

        _slot.Put(Numbered(1));
        using var frame = await _slot.NextAsync(0, Cancel);

        Assert.Equal(1, frame.Sequence);
    }

    [Fact]
    public async Task Shutting_the_camera_down_wakes_the_reader()
    {
        var waiting = _slot.NextAsync(0, Cancel);

        _slot.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await waiting);
    }

    [Fact]
    public async Task A_second_reader_is_refused()
    {
        var first = _slot.NextAsync(0, Cancel);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _slot.NextAsync(0, Cancel));

        _slot.Put(Numbered(1));
        (await first).Dispose();
    }

    [Fact]
    public void The_last_frame_stays_for_lookers_after_it_was_read()
    {
        _slot.Put(Numbered(7));

        using var first = _slot.Latest();
        using var second = _slot.Latest();

        Assert.Same(first, second);
        Assert.Equal(7, second!.Sequence);
    }

    [Fact]
    public async Task Writer_and_reader_racing_lose_no_frame_to_the_pool()
    {
        const int Frames = 20_000;
        var reader = Task.Run(async () =>
        {
            long last = 0, read = 0;
            while (last < Frames)
            {
                using var frame = await _slot.NextAsync(last, Cancel);
                Assert.True(frame.Sequence > last);
                last = frame.Sequence;
                read++;
            }

            return read;
        }, Cancel);
        var different = new HashSet<nint>();
        for (var i = 1; i <= Frames; i++)
        {
            var frame = Numbered(i);
            different.Add(frame.Address);
            _slot.Put(frame);
        }

        var read = await reader;

        Assert.Equal(Frames, read + _slot.Dropped);
        Assert.InRange(different.Count, 2, 5);
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(15, false)]
    public async Task A_reader_works_where_frames_are_put_while_it_needs_less_than_an_eighth_of_the_time(int milliseconds, bool here)
    {
        await ReadAsync(1);
        _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
        var second = WhereReadAsync(1);
        _clock.Advance(TimeSpan.FromMilliseconds(100 - milliseconds));

        Put(2);

        Assert.Equal(here, await second);
    }

    [Fact]
    public async Task A_frame_that_comes_right_behind_another_does_not_keep_the_one_who_puts_it()
    {
        await ReadAsync(1);
        var second = WhereReadAsync(1);

        Put(2);

        Assert.False(await second);
    }

    [Fact]
    public void Waiting_and_putting_allocate_nothing_once_warm()
    {
        using var cancellation = new CancellationTokenSource();

        AllocationAssert.None(round => Exchange((900 * round) + 1, 900 * (round + 1), cancellation.Token));
    }

    public void Dispose()
    {
        _slot.Dispose();
        _pool.Dispose();
    }

    private async Task ReadAsync(long sequence)
    {
        Put(sequence);
        using var frame = await _slot.NextAsync(sequence - 1, Cancel);
    }

    /// <summary>Whether the next frame reaches its reader on the thread that puts it.</summary>
    private async Task<bool> WhereReadAsync(long last)
    {
        using var frame = await _slot.NextAsync(last, Cancel).ConfigureAwait(false);
        return _isPutting;
    }

    private void Put(long sequence)
    {
        _isPutting = true;
        _slot.Put(Numbered(sequence));
        _isPutting = false;
    }

    private void Exchange(long from, long to, CancellationToken cancellationToken)
    {
        for (var i = from; i <= to; i++)
        {
            var waiting = _slot.NextAsync(i - 1, cancellationToken);
            _slot.Put(Numbered(i));
            if (!waiting.IsCompleted)
            {
                throw new InvalidOperationException("The frame did not wake the reader.");
            }

            waiting.Result.Dispose();
        }
    }

    private Frame Numbered(long sequence)
    {
        var frame = _pool.Rent(4, 2);
        frame.Sequence = sequence;
        return frame;
    }
}
