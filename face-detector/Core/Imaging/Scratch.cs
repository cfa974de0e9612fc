using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace FaceEdge.Imaging;

/// <summary>
/// Memory for one frame on its way through a codec. What a camera's frames take is kept for the next one; what a large upload takes goes back to the
/// system at once.
/// </summary>
/// <remarks>
/// Not from the runtime's shared pool, which keeps an array for each thread that ever converted a frame, rounded up to a power of two, and leaves it to
/// the collector when the thread ends: 20 MB of a service with one camera.
/// </remarks>
internal readonly unsafe ref struct Scratch
{
    /// <summary>1920x1080 pixels of four bytes.</summary>
    private const int LargestKept = 1920 * 1080 * 4;

    /// <summary>As many as convert at the same time on a small host.</summary>
    private const int MostKept = 4;

    private static readonly ConcurrentQueue<Block> Idle = new();

    private readonly Block _block;
    private readonly int _length;

    /// <param name="length">Bytes; what is in them is whatever was there before.</param>
    public Scratch(int length)
    {
        _length = length;
        _block = Idle.TryDequeue(out var idle) ? idle : new Block(length);
        if (_block.Length < length)
        {
            _block.Dispose();
            _block = new Block(length);
        }
    }

    public Span<byte> Bytes => new(_block.Address, _length);

    public void Dispose()
    {
        if (_block.Length <= LargestKept && Idle.Count < MostKept)
        {
            Idle.Enqueue(_block);
        }
        else
        {
            _block.Dispose();
        }
    }

    private sealed class Block(int length) : IDisposable
    {
        public byte* Address { get; } = (byte*)NativeMemory.Alloc((nuint)length);

        public int Length => length;

        public void Dispose() => NativeMemory.Free(Address);
    }
}
