using System.Runtime.InteropServices;

namespace FaceEdge.Imaging;

/// <summary>
/// One frame of a camera in native memory that the <see cref="FramePool"/> lends out and takes back.
/// The memory never moves, so native codecs read and write it without a copy.
/// </summary>
/// <remarks>
/// Reference counted: whoever rents a frame holds one reference, <see cref="AddReference"/> takes another,
/// <see cref="Dispose"/> gives one back, and the last one returns the memory to the pool.
/// A frame that has been published is read-only by convention.
/// </remarks>
internal sealed unsafe class Frame : IDisposable
{
    /// <summary>Of the first pixel; rows are packed.</summary>
    private const nuint Alignment = 64;

    private readonly FramePool _pool;
    private readonly byte* _pixels;
    private int _references;

    internal Frame(FramePool pool, in FrameLayout layout)
    {
        _pool = pool;
        Layout = layout;
        ByteCount = layout.ByteCount;
        _pixels = (byte*)NativeMemory.AlignedAlloc((nuint)ByteCount, Alignment);
    }

    /// <summary>Format and size.</summary>
    public FrameLayout Layout { get; }

    public int Width => Layout.Width;

    public int Height => Layout.Height;

    /// <summary>Bytes from one row of the first plane to the next; rows are packed.</summary>
    public int Stride => Layout.Stride;

    public int ByteCount { get; }

    /// <summary>Counts up by one for each frame of a camera; 0 for a frame that no camera took.</summary>
    public long Sequence { get; set; }

    /// <summary>When the frame arrived, in <see cref="TimeProvider.GetTimestamp"/> ticks of the capture's clock.</summary>
    public long CapturedAt { get; set; }

    /// <summary>Decoded from a JPEG that lacks its end-of-image marker and is otherwise complete.</summary>
    public bool LacksEndMarker { get; set; }

    /// <summary>The address of the first pixel; valid while the caller holds a reference.</summary>
    public nint Address => (nint)_pixels;

    public Span<byte> Pixels => new(_pixels, ByteCount);

    public FrameView View => new(Pixels, Layout);

    public Frame AddReference()
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

    internal void Lend() => Volatile.Write(ref _references, 1);

    internal void Free() => NativeMemory.AlignedFree(_pixels);
}
