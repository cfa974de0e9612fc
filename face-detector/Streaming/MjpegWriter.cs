using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Unicode;

namespace FaceEdge.Streaming;

/// <summary>Writes frames as multipart/x-mixed-replace (RFC 2046 5.1, as browsers have understood it since Netscape 1.1).</summary>
/// <remarks>
/// The boundary that ends a part is written with the part, not before the next one: browsers show a frame when they have seen its end,
/// which would otherwise be one frame late. X-Timestamp, as mjpg-streamer has it, is when the frame arrived, and X-Time when it was written, both in
/// seconds since 1970.
/// </remarks>
internal sealed class MjpegWriter : IDisposable
{
    public const string MediaType = "multipart/x-mixed-replace";

    public const string ContentType = MediaType + "; boundary=frame";

    /// <summary>Names, signs and four numbers of at most 20 digits.</summary>
    private const int LongestHeaders = 200;

    private readonly PipeWriter _output;
    private readonly TimeSpan _writeTimeout;
    private readonly TimeProvider _time;
    private readonly CancellationToken _viewerGone;
    private CancellationTokenSource _deadline;
    private bool _started;

    /// <param name="output">The response body.</param>
    /// <param name="writeTimeout">A viewer that takes no byte for so long is given up.</param>
    /// <param name="time">The clock of the timeout.</param>
    /// <param name="viewerGone">Cancelled when the connection is lost.</param>
    public MjpegWriter(PipeWriter output, TimeSpan writeTimeout, TimeProvider time, CancellationToken viewerGone)
    {
        _output = output;
        _writeTimeout = writeTimeout;
        _time = time;
        _viewerGone = viewerGone;
        _deadline = NewDeadline();
    }

    /// <summary>Seconds since 1970.</summary>
    public static double Seconds(DateTimeOffset moment) => (moment - DateTimeOffset.UnixEpoch).TotalSeconds;

    /// <summary>Writes one frame and waits until the connection has taken it.</summary>
    /// <param name="jpeg">The frame.</param>
    /// <param name="capturedAt">When it arrived, in <see cref="TimeProvider.GetTimestamp"/> ticks.</param>
    /// <returns>False when the viewer is gone or does not read.</returns>
    public async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> jpeg, long capturedAt)
    {
        if (!_started)
        {
            _output.Write("--frame\r\n"u8);
            _started = true;
        }

        WriteHeaders(jpeg.Length, capturedAt);
        _output.Write(jpeg.Span);
        _output.Write("\r\n--frame\r\n"u8);

        if (!_deadline.TryReset())
        {
            _deadline.Dispose();
            _deadline = NewDeadline();
        }

        _deadline.CancelAfter(_writeTimeout);
        using var registration = _viewerGone.UnsafeRegister(static deadline => ((CancellationTokenSource)deadline!).Cancel(), _deadline);
        try
        {
            var result = await _output.FlushAsync(_deadline.Token);
            return !result.IsCompleted && !result.IsCanceled;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public void Dispose() => _deadline.Dispose();

    private CancellationTokenSource NewDeadline() => new(Timeout.InfiniteTimeSpan, _time);

    private void WriteHeaders(int length, long capturedAt)
    {
        var now = _time.GetUtcNow();
        var arrived = now - _time.GetElapsedTime(capturedAt);
        Utf8.TryWrite(
            _output.GetSpan(LongestHeaders),
            CultureInfo.InvariantCulture,
            $"Content-Type: image/jpeg\r\nContent-Length: {length}\r\nX-Timestamp: {Seconds(arrived):F3}\r\nX-Time: {Seconds(now):F3}\r\n\r\n",
            out var written);
        _output.Advance(written);
    }
}
