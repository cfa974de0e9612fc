namespace FaceEdge.Capture.Ffmpeg;

/// <summary>
/// Room for one picture's planes, kept by the source from one connection to the next: each connection has a thread of its own, and a shared
/// pool's caches die with their threads.
/// </summary>
internal sealed class PlaneBuffer
{
    private byte[] _bytes = [];

    public Span<byte> Of(int length)
    {
        if (_bytes.Length < length)
        {
            _bytes = GC.AllocateUninitializedArray<byte>(length);
        }

        return _bytes.AsSpan(0, length);
    }
}
