using System.Collections.Concurrent;

namespace FaceEdge.Streaming;

/// <summary>Lends buffers for encoded frames and keeps a few returned ones.</summary>
internal sealed class EncodedFramePool
{
    /// <summary>
    /// Of one or two renditions: one being encoded, one the newest, and a few that slow viewers still send. More are left to the garbage collector.
    /// </summary>
    private const int Kept = 12;

    private readonly ConcurrentQueue<EncodedFrame> _idle = new();

    public EncodedFrame Rent()
    {
        if (!_idle.TryDequeue(out var frame))
        {
            frame = new EncodedFrame(this);
        }

        frame.Lend();
        return frame;
    }

    internal void Return(EncodedFrame frame)
    {
        if (_idle.Count < Kept)
        {
            _idle.Enqueue(frame);
        }
    }
}
