using FaceEdge.Imaging;

namespace FaceEdge.Capture.Http;

/// <summary>
/// Reads JPEGs that follow each other in a body, whatever stands between them: some cameras leave multipart's framing out, or announce another.
/// </summary>
internal sealed class JpegRunReader
{
    private static readonly byte[] Start = [0xFF, 0xD8, 0xFF];

    private readonly BodyReader _body;
    private readonly int _maxFrame;
    private bool _hasRead;

    /// <param name="body">Stays the caller's.</param>
    /// <param name="maxFrame">Bytes; a longer frame, or so many without one, is an error.</param>
    public JpegRunReader(BodyReader body, int maxFrame)
    {
        _body = body;
        _maxFrame = maxFrame;
    }

    /// <summary>
    /// The next frame as soon as its end marker is there, or the next frame's beginning, or the body's end; null behind the last. Valid until the next
    /// call. What is handed on may lack its end: the decoder judges it.
    /// </summary>
    /// <exception cref="CaptureException">Over the limit.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        if (!await SkipToStartAsync(cancellationToken))
        {
            return null;
        }

        var end = new JpegEndFinder();
        int length;
        while (!end.TryFind(_body.Unread.Span, out length))
        {
            if (_body.Unread.Length > _maxFrame)
            {
                throw new CaptureException(FormattableString.Invariant($"the camera sends a frame of more than {_maxFrame:N0} bytes"));
            }

            if (!await TryFillAsync(cancellationToken))
            {
                length = _body.Unread.Length;
                break;
            }
        }

        var frame = _body.Unread[..length];
        _body.Skip(length);
        _hasRead = true;
        return frame;
    }

    private async ValueTask<bool> SkipToStartAsync(CancellationToken cancellationToken)
    {
        var skipped = 0L;
        int at;
        while ((at = _body.Unread.Span.IndexOf(Start)) < 0)
        {
            var useless = Math.Max(0, _body.Unread.Length - Start.Length + 1);
            _body.Skip(useless);
            skipped += useless;
            if (skipped > _maxFrame)
            {
                throw new CaptureException(FormattableString.Invariant($"the camera sends no frame in {skipped:N0} bytes"));
            }

            if (!await TryFillAsync(cancellationToken))
            {
                return false;
            }
        }

        _body.Skip(at);
        return true;
    }

    /// <summary>Servers close early, or announce more bytes than they send: what came may be a whole frame all the same.</summary>
    private async ValueTask<bool> TryFillAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _body.FillAsync(cancellationToken);
        }
        catch (IOException) when (_hasRead || _body.Unread.Length > 0)
        {
            return false;
        }
    }
}
