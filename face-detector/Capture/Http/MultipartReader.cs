using System.Buffers;
using System.Globalization;
using System.Text;
using FaceEdge.Imaging;

namespace FaceEdge.Capture.Http;

/// <summary>
/// Reads the parts of a multipart/x-mixed-replace body (RFC 2046, 5.1, as cameras understand it): boundaries with dashes of their own or none,
/// line feeds alone, parts without headers or length, lengths that lie.
/// </summary>
internal sealed class MultipartReader : IDisposable
{
    private const int LongestHeaders = 16 * 1024;

    /// <summary>RFC 2046 allows 70; cameras have their own ideas.</summary>
    private const int LongestBoundary = 256;

    /// <summary>So many lies, and the length is read no more.</summary>
    private const int TrustedLies = 2;

    private readonly Stream _stream;
    private readonly byte[] _delimiter;
    private readonly int _maxPart;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _start;
    private int _end;
    private int _lies;
    private bool _lengthGiven;

    /// <param name="stream">The body; stays the caller's.</param>
    /// <param name="boundary">The parameter of the content type, quotes taken off.</param>
    /// <param name="maxPart">Bytes; a longer part is an error.</param>
    /// <exception cref="CaptureException">No boundary that can be searched for.</exception>
    public MultipartReader(Stream stream, string boundary, int maxPart)
    {
        // Some servers announce "--x" and send "--x", others announce "x" and send "--x": both hold two dashes and what follows the dashes.
        var core = boundary.Trim().TrimStart('-');
        if (core.Length is 0 or > LongestBoundary)
        {
            throw new CaptureException("the camera's multipart stream names no boundary between its pictures");
        }

        _stream = stream;
        _delimiter = Encoding.Latin1.GetBytes($"--{core}");
        _maxPart = maxPart;
    }

    /// <summary>The next part's body, or null at the end of the stream. Valid until the next call.</summary>
    /// <exception cref="CaptureException">The stream is not multipart, or a part is over the limit.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadPartAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!await SkipDelimiterAsync(cancellationToken) || await ReadHeadersAsync(cancellationToken) is not { } length)
            {
                return null;
            }

            var body = length >= 0 && _lies < TrustedLies
                ? await ReadCountedAsync(length, cancellationToken)
                : await ReadDelimitedAsync(cancellationToken);
            if (body is not { IsEmpty: true })
            {
                return body;
            }
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Moves past the next delimiter and the rest of its line; what lies before it is preamble, or the rest of a part whose length lied.</summary>
    private async ValueTask<bool> SkipDelimiterAsync(CancellationToken cancellationToken)
    {
        var skipped = 0L;
        int at;
        while ((at = Unread.IndexOf(_delimiter)) < 0)
        {
            var useless = Math.Max(0, _end - _start - _delimiter.Length);
            _start += useless;
            skipped += useless;
            if (skipped > _maxPart)
            {
                throw new CaptureException("the camera's multipart stream does not hold the boundary it names");
            }

            if (!await FillAsync(cancellationToken))
            {
                return false;
            }
        }

        // Line ends and dashes belong between a body and its delimiter; anything else means that the length before was wrong.
        if (_lengthGiven && (skipped > 0 || Unread[..at].ContainsAnyExcept("\r\n-"u8)))
        {
            _lies++;
        }

        _start += at + _delimiter.Length;
        return await SkipLineAsync(cancellationToken);
    }

    private async ValueTask<bool> SkipLineAsync(CancellationToken cancellationToken)
    {
        int lineFeed;
        while ((lineFeed = Unread.IndexOf((byte)'\n')) < 0)
        {
            if (_end - _start > LongestHeaders)
            {
                throw new CaptureException("the camera's multipart stream has a boundary line without an end");
            }

            if (!await FillAsync(cancellationToken))
            {
                return false;
            }
        }

        _start += lineFeed + 1;
        return true;
    }

    /// <summary>The Content-Length, -1 without one; null at the end of the stream.</summary>
    private async ValueTask<int?> ReadHeadersAsync(CancellationToken cancellationToken)
    {
        var length = -1;
        var read = 0;
        while (true)
        {
            // A picture that follows without a header or an empty line: its first two bytes are no header's.
            if (_end - _start >= 2 && Unread.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
            {
                break;
            }

            var lineFeed = Unread.IndexOf((byte)'\n');
            if (lineFeed < 0)
            {
                if (_end - _start + read > LongestHeaders)
                {
                    throw new CaptureException("the camera's multipart stream has headers without an end");
                }

                if (!await FillAsync(cancellationToken))
                {
                    return null;
                }

                continue;
            }

            var line = Unread[..lineFeed].TrimEnd((byte)'\r');
            read += lineFeed + 1;
            if (line.IsEmpty)
            {
                _start += lineFeed + 1;
                break;
            }

            length = ContentLength(line) ?? length;
            _start += lineFeed + 1;
            if (read > LongestHeaders)
            {
                throw new CaptureException("the camera's multipart stream has headers without an end");
            }
        }

        if (length > _maxPart)
        {
            throw TooLong();
        }

        _lengthGiven = length >= 0;
        return length;
    }

    private static int? ContentLength(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        return colon > 0
            && Ascii.EqualsIgnoreCase(line[..colon].Trim((byte)' '), "content-length"u8)
            && int.TryParse(line[(colon + 1)..].Trim((byte)' '), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : null;
    }

    private async ValueTask<ReadOnlyMemory<byte>?> ReadCountedAsync(int length, CancellationToken cancellationToken)
    {
        while (_end - _start < length)
        {
            if (!await FillAsync(cancellationToken))
            {
                return null;
            }
        }

        var body = _buffer.AsMemory(_start, length);
        _start += length;
        return body;
    }

    private async ValueTask<ReadOnlyMemory<byte>?> ReadDelimitedAsync(CancellationToken cancellationToken)
    {
        _lengthGiven = false;
        var searched = 0;
        while (true)
        {
            var at = Unread[searched..].IndexOf(_delimiter);
            if (at >= 0)
            {
                return Take(searched + at);
            }

            // Waiting for the next delimiter would show each picture one interval late; a JPEG tells its own end.
            var picture = Unread.TrimEnd("\r\n"u8);
            if (picture.EndsWith((ReadOnlySpan<byte>)[0xFF, 0xD9]) && JpegStructure.IsComplete(picture))
            {
                var part = _buffer.AsMemory(_start, picture.Length);
                _start = _end;
                return part;
            }

            searched = Math.Max(0, _end - _start - _delimiter.Length);
            if (_end - _start > _maxPart + _delimiter.Length)
            {
                throw TooLong();
            }

            if (!await FillAsync(cancellationToken))
            {
                return null;
            }
        }
    }

    /// <summary>The body without the line end before its delimiter, and without the dashes that some put there.</summary>
    private ReadOnlyMemory<byte> Take(int length)
    {
        var body = Unread[..length];
        var trimmed = body.TrimEnd((byte)'-');
        if (trimmed.EndsWith((byte)'\n'))
        {
            body = trimmed[..^1];
            body = body.EndsWith((byte)'\r') ? body[..^1] : body;
        }

        var part = _buffer.AsMemory(_start, body.Length);
        _start += length;
        return part;
    }

    private CaptureException TooLong() => new(FormattableString.Invariant($"the camera sends a picture of more than {_maxPart:N0} bytes"));

    /// <summary>Reads more, making room at the front or by growing; false at the end of the stream.</summary>
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
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
}
