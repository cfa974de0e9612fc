using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using FaceEdge.Streaming;
using FaceEdge.Web.Api;

namespace FaceEdge.Web.Live;

/// <summary>
/// One page's WebSocket: events as text, the pictures of all its cameras as binary messages. One connection whatever the number of
/// cameras, and none of the six that a browser grants a host for streams and requests.
/// </summary>
/// <remarks>
/// The page sends {"watch":["name", …]} to choose cameras (none while it is hidden) and, for each picture drawn, one byte with the
/// camera's place.
/// </remarks>
internal sealed class LiveConnection : IDisposable
{
    /// <summary>A list of camera names is short.</summary>
    private const int MaxMessage = 16 * 1024;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(0.5);

    private readonly WebSocket _socket;
    private readonly EventCursor _events;
    private readonly ChangeFeed _changes;
    private readonly IReadOnlyList<CameraPipeline> _pipelines;
    private readonly LiveView[] _views;
    private readonly TimeSpan _writeTimeout;
    private readonly TimeProvider _time;
    private readonly Wakeup _wakeup = new();
    private readonly byte[] _header = new byte[LivePicture.HeaderLength];

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
        _writeTimeout = writeTimeout;
        _time = time;
    }

    /// <summary>Serves the page until it goes, or the host stops.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var heartbeat = _time.CreateTimer(static wakeup => ((Wakeup)wakeup!).Set(), _wakeup, Heartbeat, Heartbeat);
        _changes.Add(_wakeup);
        try
        {
            var listening = ListenAsync(gone);
            await SendAllAsync(gone.Token);
            await gone.CancelAsync();
            await listening;
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
        try
        {
            while (true)
            {
                foreach (var change in _events.Next())
                {
                    await _socket.SendWithinAsync(Encode(change), WebSocketMessageType.Text, true, _writeTimeout, _time, cancellationToken);
                }

                for (var i = 0; i < _views.Length; i++)
                {
                    using var frame = _views[i].Take();
                    if (frame is not null)
                    {
                        await SendPictureAsync(i, frame, cancellationToken);
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

    private async Task SendPictureAsync(int camera, EncodedFrame frame, CancellationToken cancellationToken)
    {
        var view = _views[camera];
        LivePicture.WriteHeader(
            _header,
            camera,
            frame.Faces,
            frame.Sequence,
            _time.GetElapsedTime(frame.CapturedAt),
            frame.InferenceMilliseconds,
            view.GlassToGlass);
        await _socket.SendWithinAsync(_header, WebSocketMessageType.Binary, false, _writeTimeout, _time, cancellationToken);
        await _socket.SendWithinAsync(frame.Jpeg, WebSocketMessageType.Binary, true, _writeTimeout, _time, cancellationToken);
    }

    private async Task ListenAsync(CancellationTokenSource gone)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxMessage);
        try
        {
            while (true)
            {
                var message = await _socket.ReceiveAsync(buffer.AsMemory(0, MaxMessage), gone.Token);
                if (message.MessageType == WebSocketMessageType.Close || !message.EndOfMessage)
                {
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
            await gone.CancelAsync();
        }
    }

    private void Take(ReadOnlySpan<byte> message, WebSocketMessageType type)
    {
        if (type == WebSocketMessageType.Binary)
        {
            if (message.Length == 1 && message[0] < _views.Length)
            {
                _views[message[0]].Acknowledge();
                _wakeup.Set();
            }

            return;
        }

        try
        {
            if (JsonSerializer.Deserialize(message, WebJson.Default.WatchRequest)?.Watch is { } names)
            {
                var watched = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
                for (var i = 0; i < _views.Length; i++)
                {
                    _views[i].Watch(watched.Contains(_pipelines[i].Name), _wakeup);
                }
            }
        }
        catch (JsonException)
        {
            // Nothing that a page of this service sends; it gets nothing for it.
        }
    }
}
