namespace FaceEdge.Capture.Http;

/// <summary>
/// Stands between HttpClient and a camera's connection, and hands each answer's head on in valid form (<see cref="ResponseHead"/>). All else of HTTP stays
/// HttpClient's: bodies, authentication, connections kept.
/// </summary>
/// <remarks>HttpClient writes one request and reads its answer: the first bytes that come after a write are a head.</remarks>
internal sealed class TolerantHeadStream : Stream
{
    /// <summary>What HttpClient takes too, by default.</summary>
    private const int LongestHead = 64 * 1024;

    private readonly Stream _connection;
    private volatile bool _headDue;
    private byte[] _head = new byte[4096];
    private int _headLength;

    /// <summary>What was read and waits to be handed on.</summary>
    private ReadOnlyMemory<byte> _ready;

    /// <param name="connection">Owned.</param>
    public TolerantHeadStream(Stream connection) => _connection = connection;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ready.IsEmpty)
        {
            if (!_headDue || buffer.IsEmpty)
            {
                // A read on an idle connection may have begun before the request whose answer ends it.
                var read = await _connection.ReadAsync(buffer, cancellationToken);
                if (!_headDue || read == 0)
                {
                    return read;
                }

                Keep(buffer.Span[..read]);
            }

            await ReadHeadAsync(cancellationToken);
        }

        var count = Math.Min(buffer.Length, _ready.Length);
        _ready[..count].CopyTo(buffer);
        _ready = _ready[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Cameras are read asynchronously.");

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _headDue = true;
        return _connection.WriteAsync(buffer, cancellationToken);
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Cameras are read asynchronously.");

    public override void Flush() => _connection.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => _connection.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _connection.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Reads to the head's end and makes it ready, with what came behind it.</summary>
    private async ValueTask ReadHeadAsync(CancellationToken cancellationToken)
    {
        var searched = 0;
        while (true)
        {
            var end = ResponseHead.FindEnd(_head.AsSpan(0, _headLength), Math.Max(0, searched - 3));
            if (end >= 0)
            {
                var normal = ResponseHead.Normalise(_head.AsSpan(0, end), out var interim);
                _ready = (byte[])[.. normal, .. _head.AsSpan(end, _headLength - end)];
                _headLength = 0;
                if (!interim)
                {
                    _headDue = false;
                    return;
                }

                // An interim answer (1xx), which nobody needs: the answer itself follows.
                Keep(_ready.Span[normal.Length..]);
                _ready = default;
                searched = 0;
                continue;
            }

            searched = _headLength;
            if (_headLength >= LongestHead)
            {
                throw new IOException(FormattableString.Invariant($"The camera's answer has headers of more than {LongestHead:N0} bytes."));
            }

            if (_headLength == _head.Length)
            {
                Array.Resize(ref _head, _head.Length * 2);
            }

            var read = await _connection.ReadAsync(_head.AsMemory(_headLength), cancellationToken);
            if (read == 0)
            {
                // It ended before its head did: HttpClient says so.
                _ready = _head.AsSpan(0, _headLength).ToArray();
                (_headLength, _headDue) = (0, false);
                return;
            }

            _headLength += read;
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_head.Length - _headLength < bytes.Length)
        {
            Array.Resize(ref _head, _headLength + bytes.Length);
        }

        bytes.CopyTo(_head.AsSpan(_headLength));
        _headLength += bytes.Length;
    }
}
