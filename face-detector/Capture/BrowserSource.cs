using System.Diagnostics.CodeAnalysis;
using FaceEdge.Imaging;

namespace FaceEdge.Capture;

/// <summary>
/// A visitor's own camera: the web endpoint opens a session and pushes each JPEG it receives. One visitor at a time.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The endpoint that opened the session owns it.")]
internal sealed class BrowserSource : IFrameSource
{
    private readonly IImagingBackend _imaging;
    private readonly Lock _gate = new();
    private TaskCompletionSource _opened = NewSignal();
    private Session? _session;
    private IFrameSink? _sink;

    public BrowserSource(IImagingBackend imaging) => _imaging = imaging;

    /// <summary>Lets a visitor in; null while another one's camera is on.</summary>
    public Session? TryOpen()
    {
        lock (_gate)
        {
            if (_session is not null)
            {
                return null;
            }

            _session = new Session(this);
            _opened.TrySetResult();
            return _session;
        }
    }

    public async Task RunAsync(IFrameSink sink, CancellationToken cancellationToken)
    {
        Task opened;
        lock (_gate)
        {
            opened = _opened.Task;
        }

        await opened.WaitAsync(cancellationToken);
        Task closed;
        lock (_gate)
        {
            _sink = sink;
            closed = _session?.Closed ?? Task.CompletedTask;
        }

        try
        {
            await closed.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_gate)
            {
                _sink = null;
            }
        }

        throw new CaptureException("the visitor's camera was switched off");
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One visitor's camera, from switching on to switching off.</summary>
    internal sealed class Session : IDisposable
    {
        private readonly BrowserSource _source;
        private readonly TaskCompletionSource _closed = NewSignal();

        public Session(BrowserSource source) => _source = source;

        public Task Closed => _closed.Task;

        /// <summary>Hands on one frame; it is left out when the camera is paused or over its frame rate.</summary>
        /// <exception cref="InvalidImageException">Not a picture, or over the limits; the session goes on.</exception>
        public void Push(ReadOnlySpan<byte> encoded, in ImageLimits limits)
        {
            IFrameSink? sink;
            lock (_source._gate)
            {
                sink = _source._session == this ? _source._sink : null;
            }

            if (sink?.WantsFrame() == true)
            {
                sink.Publish(_source._imaging.Decode(encoded, limits, sink.Pool, DecodedPixels.AsCoded));
            }
        }

        public void Dispose()
        {
            lock (_source._gate)
            {
                if (_source._session != this)
                {
                    return;
                }

                _source._session = null;
                _source._opened = NewSignal();
            }

            _closed.TrySetResult();
        }
    }
}
