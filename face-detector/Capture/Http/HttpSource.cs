using FaceEdge.Capture.Ffmpeg;
using FaceEdge.Imaging;

namespace FaceEdge.Capture.Http;

/// <summary>
/// Cameras over HTTP: MJPEG in parts or one JPEG after the other, snapshots asked for again and again, and video streams through ffmpeg. The first bytes of
/// the answer tell which.
/// </summary>
internal sealed class HttpSource : IFrameSource, IDisposable
{
    /// <summary>The longest wait after a snapshot that failed, even where snapshots are further apart.</summary>
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(1);

    private readonly CameraUrl _url;
    private readonly CameraOptions _options;
    private readonly IImagingBackend _imaging;
    private readonly TimeProvider _clock;
    private readonly HttpCameraClient _client;

    public HttpSource(CameraUrl url, CameraOptions options, IImagingBackend imaging, TimeProvider clock)
    {
        _url = url;
        _options = options;
        _imaging = imaging;
        _clock = clock;
        _client = new HttpCameraClient(url, options);
    }

    /// <remarks>
    /// A snapshot that fails among others that do not is a gap, and the next one is asked for; only when none has come for half of what makes a camera
    /// silent, the camera has failed.
    /// </remarks>
    public async Task RunAsync(IFrameSink sink, CancellationToken cancellationToken)
    {
        var decoder = new FrameDecoder(_imaging, sink);
        long? lastTaken = null;
        while (true)
        {
            var asked = _clock.GetTimestamp();
            var pause = _options.SnapshotInterval;
            try
            {
                if (!await TakeAnswerAsync(decoder, sink, cancellationToken))
                {
                    return;
                }

                lastTaken = _clock.GetTimestamp();
            }
            catch (HttpCameraException exception)
            {
                if (!exception.IsPassing || lastTaken is not { } taken || _clock.GetElapsedTime(taken) > _options.SnapshotInterval + (_options.SilentAfter / 2))
                {
                    throw new CaptureException(exception.Message, exception);
                }

                pause = pause < LongestRetry ? pause : LongestRetry;
            }

            pause -= _clock.GetElapsedTime(asked);
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, _clock, cancellationToken);
            }
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Asks once and takes what is answered; true for a snapshot, after which the next is asked for, false at the end of a stream.</summary>
    private async Task<bool> TakeAnswerAsync(FrameDecoder decoder, IFrameSink sink, CancellationToken cancellationToken)
    {
        using var response = await _client.AskAsync(cancellationToken);
        var type = ContentType.Parse(response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.FirstOrDefault() : null);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            using var body = new BodyReader(stream);
            switch (await BodySniffer.FindAsync(body, type, cancellationToken))
            {
                case BodyKind.Jpegs:
                    return await TakeJpegsAsync(body, decoder, cancellationToken);
                case BodyKind.Snapshot:
                    decoder.Take((await ReadWholeAsync(body, cancellationToken)).Span);
                    return true;
                case BodyKind.Multipart:
                    await TakePartsAsync(body, type, decoder, cancellationToken);
                    return false;
                case BodyKind.Video:
                    await FfmpegBody.PlayAsync(_url, body, isFile: response.Content.Headers.ContentLength is not null, sink, cancellationToken);
                    return false;
                case BodyKind.Playlist:
                    throw new CaptureException($"{_client.Address.Host} answers a playlist (HLS or DASH), which is not followed: "
                        + "give the address of its MJPEG, snapshot or RTSP stream");
                case BodyKind.Text:
                    throw new CaptureException($"{_client.Address.Host} answers {(type.MediaType.Length > 0 ? type.MediaType : "a text")} "
                        + $"where a snapshot or an MJPEG stream is expected: is {_client.Address.AbsolutePath} its address?");
                default:
                    throw new HttpCameraException($"{_client.Address.Host} answers nothing", isPassing: true);
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw new HttpCameraException("the camera broke the connection", isPassing: true, exception);
        }
    }

    /// <summary>One frame and the end is a snapshot; another frame behind it makes a stream.</summary>
    private static async Task<bool> TakeJpegsAsync(BodyReader body, FrameDecoder decoder, CancellationToken cancellationToken)
    {
        var jpegs = new JpegRunReader(body, ImageLimits.Default.MaxBytes);
        var count = 0;
        while (await jpegs.ReadAsync(cancellationToken) is { } frame)
        {
            decoder.Take(frame.Span);
            count++;
        }

        return count <= 1;
    }

    private static async Task TakePartsAsync(BodyReader body, ContentType type, FrameDecoder decoder, CancellationToken cancellationToken)
    {
        var parts = new MultipartReader(body, await MultipartReader.FindBoundaryAsync(body, type.Boundary, cancellationToken), ImageLimits.Default.MaxBytes);
        while (await parts.ReadPartAsync(cancellationToken) is { } part)
        {
            decoder.Take(part.Span);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadWholeAsync(BodyReader body, CancellationToken cancellationToken)
    {
        while (await body.FillAsync(cancellationToken))
        {
            if (body.Unread.Length > ImageLimits.Default.MaxBytes)
            {
                throw new CaptureException(FormattableString.Invariant($"the camera sends a frame of more than {ImageLimits.Default.MaxBytes:N0} bytes"));
            }
        }

        return body.Unread;
    }
}
