using System.Buffers;
using FaceEdge.Contracts;

namespace FaceEdge.Streaming;

/// <summary>
/// One JPEG frame for all viewers, in memory that a <see cref="EncodedFramePool"/> lends out. Written once, then only read.
/// Reference counted like <see cref="Imaging.Frame"/>: the last <see cref="Dispose"/> returns the memory.
/// </summary>
internal sealed class EncodedFrame : IBufferWriter<byte>, IDisposable
{
    /// <summary>A 720p frame at quality 80 takes about 100 KiB.</summary>
    private const int InitialCapacity = 128 * 1024;

    private readonly EncodedFramePool _pool;
    private byte[] _buffer = new byte[InitialCapacity];
    private int _length;
    private int _references;

    internal EncodedFrame(EncodedFramePool pool) => _pool = pool;

    public ReadOnlyMemory<byte> Jpeg => _buffer.AsMemory(0, _length);

    /// <summary>Counts up by one for each encoded frame of a camera.</summary>
    public long Sequence { get; set; }

    /// <summary>When the camera's frame arrived, in <see cref="TimeProvider.GetTimestamp"/> ticks.</summary>
    public long CapturedAt { get; set; }

    /// <summary>Faces found in the frame.</summary>
    public int Faces { get; set; }

    /// <summary>The mode that it was made under.</summary>
    public PrivacyMode Privacy { get; set; }

    /// <summary>Time that the model took, in milliseconds; 0 where nothing was detected in this frame.</summary>
    public float InferenceMilliseconds { get; set; }

    public EncodedFrame AddReference()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _references) < 1, this);
        Interlocked.Increment(ref _references);
        return this;
    }

    public void Dispose()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            _pool.Return(this);
        }
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - _length);
        _length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_length);
    }

    internal void Lend()
    {
        _length = 0;
        Sequence = 0;
        CapturedAt = 0;
        Faces = 0;
        Privacy = PrivacyMode.None;
        InferenceMilliseconds = 0;
        Volatile.Write(ref _references, 1);
    }

    private void Reserve(int sizeHint)
    {
        var needed = _length + Math.Max(sizeHint, 1);
        if (needed > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(needed, _buffer.Length * 2));
        }
    }
}
