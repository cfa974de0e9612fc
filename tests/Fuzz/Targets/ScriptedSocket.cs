using System.Net.WebSockets;

namespace FaceEdge.Fuzz.Targets;

/// <summary>A WebSocket whose other side sends what the input spells and then goes; keeps what is sent to it.</summary>
internal sealed class ScriptedSocket : WebSocket
{
    private readonly Queue<(byte[] Content, bool Ends)> _pieces = new();
    private byte[] _piece = [];
    private int _at;
    private bool _ends;
    private WebSocketState _state = WebSocketState.Open;

    public ScriptedSocket(ReadOnlySpan<byte> script)
    {
        while (script.Length >= 2)
        {
            var length = Math.Min(((script[0] & 0x7F) << 8) | script[1], script.Length - 2);
            _pieces.Enqueue((script.Slice(2, length).ToArray(), (script[0] & 0x80) != 0));
            script = script[(2 + length)..];
        }
    }

    public List<byte[]> Answers { get; } = [];

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => _state;

    public override string? SubProtocol => null;

    public override ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_at == _piece.Length)
        {
            if (!_pieces.TryDequeue(out var next))
            {
                _state = WebSocketState.CloseReceived;
                return new(new ValueWebSocketReceiveResult(0, WebSocketMessageType.Close, true));
            }

            (_piece, _ends) = next;
            _at = 0;
        }

        var count = Math.Min(buffer.Length, _piece.Length - _at);
        _piece.AsSpan(_at, count).CopyTo(buffer.Span);
        _at += count;
        return new(new ValueWebSocketReceiveResult(count, WebSocketMessageType.Binary, _ends && _at == _piece.Length));
    }

    public override ValueTask SendAsync(
        ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        Answers.Add(buffer.ToArray());
        return default;
    }

    public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override Task SendAsync(
        ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
        SendAsync(buffer.AsMemory(), messageType, endOfMessage, cancellationToken).AsTask();

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        _state = WebSocketState.Closed;
        return Task.CompletedTask;
    }

    public override void Abort() => _state = WebSocketState.Aborted;

    public override void Dispose()
    {
    }
}
