using FaceEdge.Capture;
using FaceEdge.Imaging;

namespace FaceEdge.Tests.Capture;

/// <summary>Counts frames and lets the test wait for them; keeps the last.</summary>
internal sealed class CollectingSink : IFrameSink, IDisposable
{
    private readonly FrameSlot _slot = new(TimeProvider.System);
    private long _count;

    public FramePool Pool { get; } = new();

    public long Count => Interlocked.Read(ref _count);

    public void Publish(Frame frame)
    {
        frame.Sequence = Interlocked.Increment(ref _count);
        _slot.Put(frame);
    }

    /// <summary>A frame after the given one; the caller gives it back.</summary>
    public async Task<Frame> NextAsync(long after)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        return await _slot.NextAsync(after, limit.Token);
    }

    public void Dispose()
    {
        _slot.Dispose();
        Pool.Dispose();
        FrameAssert.AllComeBackTo(Pool);
    }
}
