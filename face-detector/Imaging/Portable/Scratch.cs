using System.Buffers;
using System.Runtime.InteropServices;

namespace FaceEdge.Imaging.Portable;

/// <summary>
/// Memory for one conversion. What a camera's pictures take comes from the shared pool, which keeps it; what a large upload takes goes back
/// to the system at once, where the pool would round it up to a power of two and hold it.
/// </summary>
internal readonly unsafe ref struct Scratch
{
    private const int LargestPooled = 16 * 1024 * 1024;

    private readonly byte[]? _pooled;
    private readonly byte* _native;
    private readonly int _length;

    /// <param name="length">Bytes; what is in them is whatever was there before.</param>
    public Scratch(int length)
    {
        _length = length;
        if (length <= LargestPooled)
        {
            _pooled = ArrayPool<byte>.Shared.Rent(length);
        }
        else
        {
            _native = (byte*)NativeMemory.Alloc((nuint)length);
        }
    }

    public Span<byte> Bytes => _pooled is null ? new Span<byte>(_native, _length) : _pooled.AsSpan(0, _length);

    public void Dispose()
    {
        if (_pooled is not null)
        {
            ArrayPool<byte>.Shared.Return(_pooled);
        }

        NativeMemory.Free(_native);
    }
}
