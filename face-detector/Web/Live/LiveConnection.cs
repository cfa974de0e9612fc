using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using FaceEdge.Streaming;
using FaceEdge.Web.Api;

namespace FaceEdge.Web.Live;

/// <summary>
/// One page's WebSocket: events as text, the frames of all its cameras as binary messages. One connection whatever the number of
/// cameras, and none of the six that a browser grants a host for streams and requests.
/// </summary>
/// <remarks>
/// The page sends {"watch":["name", …]} to choose cameras (none while it is hidden) and, for each frame drawn, the camera's place and
/// the frame's sequence. These acknowledgements measure its line, and the frames are made to fit.
/// </remarks>
internal sealed class LiveConnection : IDisposable
{
    /// <summary>A list of camera names is short.</summary>
    private const int MaxMessage = 16 * 1024;

    private const WebSocketCloseStatus Listening = default;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(0.5);

    private readonly WebSocket _socket;
    private readonly EventCursor _events;
    private readonly ChangeFeed _changes;
    private readonly IReadOnlyList<CameraPipeline> _pipelines;
    private readonly LiveView[] _views;
    private readonly PageLine _line;
    private readonly double[] _offered;
    private readonly TimeSpan _writeTimeout;
    private readonly TimeProvider _time;
    private readonly Wakeup _wakeup = new();
    private readonly byte[] _header = new byte[LiveFrame.HeaderLength];

    /// <summary>Why the page is no longer listened to; <see cref="Listening"/> while it is.</summary>
    private volatile WebSocketCloseStatus _farewell = Listening;

    public LiveConnection(
        WebSocket socket,
        ServiceState state,
        IReadOnlyList<CameraPipeline> pipelines,
        ChangeFeed changes,
        TimeSpan writeTimeout,
        TimeProvider time)
    {
        _socket = socket;
        _events = new EventCursor(state, pipelines, detections: false, time);
        _changes = changes;
        _pipelines = pipelines;
        _views = [.. pipelines.Select(pipeline => new LiveView(pipeline, time))];
        _line = new PageLine(time);
        _offered = new double[_views.Length];
        _writeTimeout = writeTimeout;
        _time = time;
    }

    /// <summary>Serves the page until it goes, or the host stops.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var listening = new CancellationTokenSource();
        await using var heartbeat = _time.CreateTimer(static wakeup => ((Wakeup)wakeup!).Set(), _wakeup, Heartbeat, Heartbeat);
        _changes.Add(_wakeup);
        try
        {
            var listener = ListenAsync(listening.Token);
            await SendAllAsync(cancellationToken);
            await _socket.CloseWithinAsync(_farewell == Listening ? WebSocketCloseStatus.EndpointUnavailable : _farewell, null, _time);
            await listening.CancelAsync();
            await listener;
        }
        finally
        {
            _changes.Remove(_wakeup);
        }
    }

    public void Dispose()
    {
        foreach (var view in _views)
        {
            view.Dispose();
        }
    }

    private async Task SendAllAsync(CancellationToken cancellationToken)
    {
        var told = new LineDto(false, null, null, 0);
        try
        {
            while (_farewell == Listening)
            {
                foreach (var change in _events.Next())
                {
                    await SendAsync(change, cancellationToken);
                }

                // On its way up from the start, a page has no slow line yet.
                if (LineDto.From(_line.State) is var line && line != told && (line.Slow || told.Slow))
                {
                    told = line;
                    await SendAsync(new ServiceEvent("line", JsonSerializer.Serialize(line, FaceDetectorJson.Default.LineDto)), cancellationToken);
                }

                for (var i = 0; i < _views.Length; i++)
                {
                    using var frame = _views[i].Take();
                    if (frame is not null)
                    {
                        await SendFrameAsync(i, frame, cancellationToken);
                    }
                }

                await _wakeup.WaitAsync(cancellationToken);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // The page went, or does not read: either way the connection is over.
        }
    }

    private ValueTask SendAsync(ServiceEvent change, CancellationToken cancellationToken) =>
        _socket.SendWithinAsync(Encode(change), WebSocketMessageType.Text, true, _writeTimeout, _time, cancellationToken);

    private static ReadOnlyMemory<byte> Encode(in ServiceEvent change)
    {
        var buffer = new ArrayBufferWriter<byte>(change.Data.Length + 64);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("event", change.Type);
        json.WritePropertyName("data");
        json.WriteRawValue(change.Data);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private async Task SendFrameAsync(int camera, EncodedFrame frame, CancellationToken cancellationToken)
    {
        var view = _views[camera];
        LiveFrame.WriteHeader(
            _header,
            camera,
            frame.Faces,
            LiveFrame.SequenceOf(frame),
            _time.GetElapsedTime(frame.CapturedAt),
            frame.InferenceMilliseconds,
            view.DeliveryLatency);
        await _socket.SendWithinAsync(_header, WebSocketMessageType.Binary, false, _writeTimeout, _time, cancellationToken);
        await _socket.SendWithinAsync(frame.Jpeg, WebSocketMessageType.Binary, true, _writeTimeout, _time, cancellationToken);
    }

    /// <summary>Listens until the page goes. The sender then ends what it is sending, and says goodbye.</summary>
    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxMessage);
        try
        {
            while (true)
            {
                var message = await _socket.ReceiveAsync(buffer.AsMemory(0, MaxMessage), cancellationToken);
                if (message.MessageType == WebSocketMessageType.Close)
                {
                    _farewell = WebSocketCloseStatus.NormalClosure;
                    break;
                }

                if (!message.EndOfMessage)
                {
                    _farewell = WebSocketCloseStatus.MessageTooBig;
                    break;
                }

                Take(buffer.AsSpan(0, message.Count), message.MessageType);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // As above.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            if (_farewell == Listening)
            {
                _farewell = WebSocketCloseStatus.NormalClosure;
            }

            _wakeup.Set();
        }
    }

    private void Take(ReadOnlySpan<byte> message, WebSocketMessageType type)
    {
        if (type == WebSocketMessageType.Binary)
        {
            if (LiveFrame.TryReadAcknowledgement(message, out var camera, out var sequence) && camera < _views.Length)
            {
                Measure(_views[camera].Acknowledge(sequence));
                _wakeup.Set();
            }

            return;
        }

        try
        {
            if (JsonSerializer.Deserialize(message, FaceDetectorJson.Default.WatchRequest) is { Watch: { } names } request)
            {
                var watched = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
                for (var i = 0; i < _views.Length; i++)
                {
                    _views[i].Watch(watched.Contains(_pipelines[i].Name), request.Width, _line.State.Rung, _wakeup);
                }
            }
        }
        catch (JsonException)
        {
            // Nothing that a page of this service sends; it gets nothing for it.
        }
    }

    private void Measure(SentFrame? drawn)
    {
        for (var i = 0; i < _views.Length; i++)
        {
            _offered[i] = _views[i].OfferedPerSecond;
        }

        if (drawn is { } frame && _line.Measure(frame, _offered))
        {
            foreach (var view in _views)
            {
                view.Step(_line.State.Rung);
            }
        }
    }
}
