using System.Buffers;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using FaceEdge.Detection;
using FaceEdge.Imaging;
using FaceEdge.Streaming;
using FaceEdge.Web.Api;

namespace FaceEdge.Web.Live;

/// <summary>
/// One visitor's own camera: each JPEG that arrives is answered with what was found in it. The frames are shown to nobody else and kept
/// nowhere.
/// </summary>
internal sealed class VisitorCamera
{
    private readonly WebSocket _socket;
    private readonly DetectorPool _detectors;
    private readonly IImagingBackend _imaging;
    private readonly ImageLimits _limits;
    private readonly TimeSpan _writeTimeout;
    private readonly TimeProvider _time;
    private readonly Func<float> _threshold;
    private readonly Face[] _faces = new Face[CameraPipeline.MaxFaces];

    public VisitorCamera(
        WebSocket socket,
        DetectorPool detectors,
        IImagingBackend imaging,
        ImageLimits limits,
        TimeSpan writeTimeout,
        TimeProvider time,
        Func<float> threshold)
    {
        _socket = socket;
        _detectors = detectors;
        _imaging = imaging;
        _limits = limits;
        _writeTimeout = writeTimeout;
        _time = time;
        _threshold = threshold;
    }

    /// <summary>Serves the visitor until the camera is switched off.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var messages = new NewestMessage(_socket, _limits.MaxBytes);
        var receiving = messages.ReceiveAsync(gone.Token);
        try
        {
            var buffer = new ArrayBufferWriter<byte>();
            while (true)
            {
                (var number, buffer) = await messages.TakeAsync(buffer, gone.Token);
                if (number == 0)
                {
                    break;
                }

                var answer = await AnswerAsync(number, buffer.WrittenMemory, gone.Token);
                var json = JsonSerializer.SerializeToUtf8Bytes(answer, FaceDetectorJson.Default.VisitorAnswer);
                await _socket.SendWithinAsync(json, WebSocketMessageType.Text, true, _writeTimeout, _time, gone.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // The visitor left, or the host stops.
        }

        await CloseAsync(receiving, gone);
    }

    private async Task CloseAsync(Task<bool> receiving, CancellationTokenSource gone)
    {
        var withinLimits = !receiving.IsCompletedSuccessfully || await receiving;
        await _socket.CloseWithinAsync(
            withinLimits ? WebSocketCloseStatus.NormalClosure : WebSocketCloseStatus.MessageTooBig,
            withinLimits ? null : "The frame is too large.",
            _time);
        await gone.CancelAsync();
        await receiving;
    }

    private async ValueTask<VisitorAnswer> AnswerAsync(long number, ReadOnlyMemory<byte> jpeg, CancellationToken cancellationToken)
    {
        try
        {
            var header = PictureHeader.Read(jpeg.Span, _limits);

            // One detector serves several visitors in turn, and a visitor who waits keeps no decoded frame.
            using var lease = await _detectors.RentAsync((long)header.Width * header.Height, cancellationToken);
            using var pool = new FramePool();
            var start = Stopwatch.GetTimestamp();
            using var frame = _imaging.Decode(jpeg.Span, _limits, pool, DecodedPixels.AsCoded);
            var decoded = Stopwatch.GetElapsedTime(start);
            var count = lease.Detector.Detect(frame.View, _threshold(), _faces, out var timings);
            return new VisitorAnswer(
                number,
                frame.Width,
                frame.Height,
                _faces.AsSpan(0, count).ToDocument(frame.Width, frame.Height),
                timings.ToDocument(decoded),
                null);
        }
        catch (InvalidImageException exception)
        {
            return new VisitorAnswer(number, 0, 0, null, null, exception.Message);
        }
    }
}
