using System.Globalization;
using System.Text;
using FaceEdge.Imaging;

namespace FaceEdge.Capture.Http;

/// <summary>
/// Reads the parts of a multipart/x-mixed-replace body (RFC 2046, 5.1, as cameras understand it): boundaries with dashes of their own or none,
/// line feeds alone, parts without headers or length, wrong lengths.
/// </summary>
internal sealed class MultipartReader
{
    private const int LongestHeaders = 16 * 1024;

    /// <summary>RFC 2046 allows 70; cameras do not keep to it.</summary>
    private const int LongestBoundary = 256;

    /// <summary>After so many wrong lengths, lengths are ignored.</summary>
    private const int ToleratedWrongLengths = 2;

    private readonly BodyReader _body;
    private readonly byte[] _delimiter;
    private readonly int _maxPart;
    private int _wrongLengths;
    private bool _lengthGiven;

    /// <param name="body">Stays the caller's.</param>
    /// <param name="boundary">The parameter of the content type, quotes taken off.</param>
    /// <param name="maxPart">Bytes; a longer part is an error.</param>
    /// <exception cref="CaptureException">No boundary that can be searched for.</exception>
    public MultipartReader(BodyReader body, string boundary, int maxPart)
    {
        // Some servers announce "--x" and send "--x", others announce "x" and send "--x": both hold two dashes and what follows the dashes.
        var core = boundary.Trim().TrimStart('-');
        if (core.Length is 0 or > LongestBoundary)
        {
            throw new CaptureException("the camera's multipart stream names no boundary between its frames");
        }

        _body = body;
        _delimiter = Encoding.Latin1.GetBytes($"--{core}");
        _maxPart = maxPart;
    }

    /// <summary>The boundary that the body begins with where that is not the one announced: browsers go by what they read.</summary>
    /// <param name="body">Nothing is skipped.</param>
    /// <param name="announced">By the content type; may be empty.</param>
    /// <param name="cancellationToken">Ends the wait for the first line.</param>
    public static async ValueTask<string> FindBoundaryAsync(BodyReader body, string announced, CancellationToken cancellationToken)
    {
        int lineFeed;
        while ((lineFeed = body.Unread.Span.IndexOf((byte)'\n')) < 0)
        {
            if (body.Unread.Length > LongestBoundary || !await body.FillAsync(cancellationToken))
            {
                return announced;
            }
        }

        var line = Encoding.Latin1.GetString(body.Unread.Span[..lineFeed]).Trim();
        var core = announced.Trim().TrimStart('-');
        return line.StartsWith("--", StringComparison.Ordinal) && (core.Length == 0 || !line.Contains(core, StringComparison.Ordinal)) ? line : announced;
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

            var body = length >= 0 && _wrongLengths < ToleratedWrongLengths
                ? await ReadCountedAsync(length, cancellationToken)
                : await ReadDelimitedAsync(cancellationToken);
            if (body is not { IsEmpty: true })
            {
                return body;
            }
        }
    }

    private ReadOnlySpan<byte> Unread => _body.Unread.Span;

    /// <summary>Moves past the next delimiter and the rest of its line; what lies before it is preamble, or the rest of a part of wrong length.</summary>
    private async ValueTask<bool> SkipDelimiterAsync(CancellationToken cancellationToken)
    {
        var skipped = 0L;
        int at;
        while ((at = Unread.IndexOf(_delimiter)) < 0)
        {
            var useless = Math.Max(0, Unread.Length - _delimiter.Length);
            _body.Skip(useless);
            skipped += useless;
            if (skipped > _maxPart)
            {
                throw new CaptureException("the camera's multipart stream does not hold the boundary it names");
            }

            if (!await _body.FillAsync(cancellationToken))
            {
                return false;
            }
        }

        // Line ends and dashes belong between a body and its delimiter; anything else means that the length before was wrong.
        if (_lengthGiven && (skipped > 0 || Unread[..at].ContainsAnyExcept("\r\n-"u8)))
        {
            _wrongLengths++;
        }

        _body.Skip(at + _delimiter.Length);
        return await SkipLineAsync(cancellationToken);
    }

    private async ValueTask<bool> SkipLineAsync(CancellationToken cancellationToken)
    {
        int lineFeed;
        while ((lineFeed = Unread.IndexOf((byte)'\n')) < 0)
        {
            if (Unread.Length > LongestHeaders)
            {
                throw new CaptureException("the camera's multipart stream has a boundary line without an end");
            }

            if (!await _body.FillAsync(cancellationToken))
            {
                return false;
            }
        }

        _body.Skip(lineFeed + 1);
        return true;
    }

    /// <summary>The Content-Length, -1 without one; null at the end of the stream.</summary>
    private async ValueTask<int?> ReadHeadersAsync(CancellationToken cancellationToken)
    {
        var length = -1;
        var read = 0;
        while (true)
        {
            // A frame that follows without a header or an empty line: its first two bytes are no header's.
            if (Unread.Length >= 2 && Unread.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
            {
                break;
            }

            var lineFeed = Unread.IndexOf((byte)'\n');
            if (lineFeed < 0)
            {
                if (Unread.Length + read > LongestHeaders)
                {
                    throw new CaptureException("the camera's multipart stream has headers without an end");
                }

                if (!await _body.FillAsync(cancellationToken))
                {
                    return null;
                }

                continue;
            }

            var line = Unread[..lineFeed].TrimEnd((byte)'\r');
            read += lineFeed + 1;
            if (line.IsEmpty)
            {
                _body.Skip(lineFeed + 1);
                break;
            }

            length = ContentLength(line) ?? length;
            _body.Skip(lineFeed + 1);
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
        while (Unread.Length < length)
        {
            if (!await _body.FillAsync(cancellationToken))
            {
                return null;
            }
        }

        var body = _body.Unread[..length];
        _body.Skip(length);
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

            // Waiting for the next delimiter would show each frame one interval late; a JPEG tells its own end.
            var frame = Unread.TrimEnd("\r\n"u8);
            if (frame.EndsWith((ReadOnlySpan<byte>)[0xFF, 0xD9]) && JpegStructure.IsComplete(frame))
            {
                var part = _body.Unread[..frame.Length];
                _body.Skip(Unread.Length);
                return part;
            }

            searched = Math.Max(0, Unread.Length - _delimiter.Length);
            if (Unread.Length > _maxPart + _delimiter.Length)
            {
                throw TooLong();
            }

            if (!await _body.FillAsync(cancellationToken))
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

        var part = _body.Unread[..body.Length];
        _body.Skip(length);
        return part;
    }

    private CaptureException TooLong() => new(FormattableString.Invariant($"the camera sends a frame of more than {_maxPart:N0} bytes"));
}
