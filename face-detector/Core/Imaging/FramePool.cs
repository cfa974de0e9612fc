using System.Collections.Concurrent;

namespace FaceEdge.Imaging;

/// <summary>Lends frames and keeps a few returned ones of the current layout, so that a steady camera allocates nothing.</summary>
internal sealed class FramePool : IDisposable
{
    /// <summary>A camera has at most one frame each in capture, slot, detection and painting, and one spare.</summary>
    private const int Kept = 5;

    private readonly ConcurrentQueue<Frame> _idle = new();
    private int _outstanding;
    private int _disposed;

    /// <summary>Frames lent and not given back yet; not 0 after all users have ended means that one of them leaked a frame.</summary>
    public int Outstanding => Volatile.Read(ref _outstanding);

    /// <summary>Lends a frame of BGR24 whose pixels hold whatever was there before.</summary>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    public Frame Rent(int width, int height) => Rent(new FrameLayout(PixelFormat.Bgr24, width, height));

    /// <summary>Lends a frame whose pixels hold whatever was there before.</summary>
    /// <param name="layout">Format and size.</param>
    public Frame Rent(in FrameLayout layout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layout.Width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(layout.Height, 1);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);

        Frame? frame = null;
        while (_idle.TryDequeue(out var candidate))
        {
            if (candidate.Layout == layout)
            {
                frame = candidate;
                break;
            }

            // The camera changed its resolution or format: frames of the old one are of no use.
            candidate.Free();
        }

        frame ??= new Frame(this, layout);
        frame.Sequence = 0;
        frame.CapturedAt = 0;
        frame.LacksEndMarker = false;
        frame.Lend();
        Interlocked.Increment(ref _outstanding);
        return frame;
    }

    /// <summary>Frees the idle frames; frames still lent are freed when they come back.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _disposed, 1);
        while (_idle.TryDequeue(out var frame))
        {
            frame.Free();
        }
    }

    internal void Return(Frame frame)
    {
        Interlocked.Decrement(ref _outstanding);
        if (Volatile.Read(ref _disposed) != 0 || _idle.Count >= Kept)
        {
            frame.Free();
            return;
        }

        _idle.Enqueue(frame);
        if (Volatile.Read(ref _disposed) != 0)
        {
            Dispose();
        }
    }
}
