using System.Buffers;

namespace FaceEdge.Capture.Http;

/// <summary>Reads an answer's body ahead into a buffer that grows with what its user leaves unread: the user bounds it.</summary>
internal sealed class BodyReader : IDisposable
{
    private readonly Stream _stream;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _start;
    private int _end;

    /// <param name="stream">The body; stays the caller's.</param>
    public BodyReader(Stream stream) => _stream = stream;

    /// <summary>What was read and not skipped; valid until the next <see cref="FillAsync"/>.</summary>
    public ReadOnlyMemory<byte> Unread => _buffer.AsMemory(_start, _end - _start);

    /// <summary>Passes over so many unread bytes; memory handed out before stays valid until the next <see cref="FillAsync"/>.</summary>
    public void Skip(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _end - _start);
        _start += count;
    }

    /// <summary>Reads more, making room at the front or by growing; false at the end of the body.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_end == _buffer.Length)
        {
            var length = _end - _start;
            var target = length > _buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(_buffer.Length * 2) : _buffer;
            _buffer.AsSpan(_start, length).CopyTo(target);
            if (target != _buffer)
            {
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = target;
            }

            (_start, _end) = (0, length);
        }

        var read = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        return read > 0;
    }

    /// <summary>Writes what is unread and all that follows. Blocks.</summary>
    /// <exception cref="IOException">The connection broke, or the target did.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void CopyTo(Stream target, CancellationToken cancellationToken)
    {
        do
        {
            target.Write(Unread.Span);
            target.Flush();
            Skip(_end - _start);
        }
        while (FillAsync(cancellationToken).AsTask().GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }
}
