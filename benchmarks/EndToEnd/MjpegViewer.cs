using System.Diagnostics;
using System.Text;

namespace FaceEdge.Benchmarks.EndToEnd;

/// <summary>Watches an MJPEG stream as a browser does and counts its whole frames.</summary>
internal sealed class MjpegViewer : IAsyncDisposable
{
    private const int BufferSize = 256 * 1024;

    private readonly HttpClient _http;
    private readonly Stream _stream;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<long> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private Func<ReadOnlyMemory<byte>, bool>? _isAwaited;
    private long _frames;

    private MjpegViewer(HttpClient http, Stream stream, Func<ReadOnlyMemory<byte>, bool> isAwaited)
    {
        _http = http;
        _stream = stream;
        _isAwaited = isAwaited;
        _reading = ReadAsync();
    }

    public long Frames => Interlocked.Read(ref _frames);

    /// <param name="address">An MJPEG stream.</param>
    /// <param name="cancellation">Gives the connecting up.</param>
    /// <param name="isAwaited">Tells the frame that <see cref="FirstFrameAsync"/> waits for; any frame will do without it.</param>
    public static async Task<MjpegViewer> ConnectAsync(
        Uri address, CancellationToken cancellation, Func<ReadOnlyMemory<byte>, bool>? isAwaited = null)
    {
        var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellation);
            answer.EnsureSuccessStatusCode();
            return new MjpegViewer(http, await answer.Content.ReadAsStreamAsync(cancellation), isAwaited ?? (static _ => true));
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>When the awaited frame was there, in <see cref="Stopwatch.GetTimestamp"/> ticks.</summary>
    public Task<long> FirstFrameAsync(CancellationToken cancellation) => _first.Task.WaitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _reading;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The viewer leaves in the midst of a frame.
        }

        await _stream.DisposeAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    /// <summary>Part headers name the length, so that frames are skipped over rather than searched.</summary>
    private async Task ReadAsync()
    {
        var buffer = new byte[BufferSize];
        var header = new StringBuilder();
        var frame = new MemoryStream();
        var skip = 0L;
        while (true)
        {
            var read = await _stream.ReadAsync(buffer, _stop.Token);
            if (read == 0)
            {
                _first.TrySetException(new IOException("The stream ended before its first frame."));
                return;
            }

            for (var i = 0; i < read;)
            {
                if (skip > 0)
                {
                    var taken = (int)Math.Min(skip, read - i);
                    if (_isAwaited is not null)
                    {
                        frame.Write(buffer, i, taken);
                    }

                    skip -= taken;
                    i += taken;
                    if (skip == 0)
                    {
                        Interlocked.Increment(ref _frames);
                        Judge(frame, Stopwatch.GetTimestamp());
                    }

                    continue;
                }

                header.Append((char)buffer[i++]);
                if (header.Length >= 4 && header[^1] == '\n' && header[^2] == '\r' && header[^3] == '\n' && Length(header.ToString()) is { } length)
                {
                    skip = length;
                    header.Clear();
                }
            }
        }
    }

    private void Judge(MemoryStream frame, long arrived)
    {
        if (_isAwaited?.Invoke(frame.GetBuffer().AsMemory(0, (int)frame.Length)) == true)
        {
            _isAwaited = null;
            _first.TrySetResult(arrived);
        }

        frame.SetLength(0);
    }

    private static long? Length(string header)
    {
        const string Name = "content-length:";
        var at = header.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && long.TryParse(header.AsSpan(at + Name.Length, header.IndexOf('\r', at) - at - Name.Length), out var length) ? length : null;
    }
}
