using System.Net.WebSockets;
using System.Threading.Tasks.Sources;
using FaceEdge.Tests.Capture;
using FaceEdge.Web.Live;

namespace FaceEdge.Tests.Web;

/// <summary>A socket may use what it returned for its next send only when that has been consumed, and the message's memory is the caller's again only then.</summary>
public sealed class TimedSocketTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly ManualClock _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_send_returned_is_consumed_once_when_it_ended_at_once()
    {
        using var socket = new PooledSocket();
        socket.End();

        await SendAsync(socket);

        Assert.Equal((1, WebSocketState.Open), (socket.Consumed, socket.State));
    }

    [Fact]
    public async Task What_a_send_returned_is_consumed_once_when_it_ended_later()
    {
        using var socket = new PooledSocket();
        var sending = SendAsync(socket);
        Assert.False(sending.IsCompleted);

        socket.End();
        await sending;

        Assert.Equal((1, WebSocketState.Open), (socket.Consumed, socket.State));
    }

    [Fact]
    public async Task Whoever_does_not_read_is_cut_off_and_the_message_is_given_back_after_the_send_has_ended()
    {
        using var socket = new PooledSocket();
        var sending = SendAsync(socket);
        await _clock.TimerMadeAsync();

        _clock.Advance(Timeout);

        await Assert.ThrowsAsync<OperationCanceledException>(() => sending);
        Assert.Equal((1, WebSocketState.Aborted), (socket.Consumed, socket.State));
    }

    private Task SendAsync(PooledSocket socket) =>
        socket.SendWithinAsync(new byte[1], WebSocketMessageType.Binary, end: true, Timeout, _clock, Cancellation).AsTask();

    /// <summary>Counts how often what it returned for its one send is consumed; an abort ends the send.</summary>
    private sealed class PooledSocket : WebSocket, IValueTaskSource
    {
        private ManualResetValueTaskSourceCore<bool> _send = new() { RunContinuationsAsynchronously = true };
        private WebSocketState _state = WebSocketState.Open;
        private int _consumed;

        public int Consumed => Volatile.Read(ref _consumed);

        public override WebSocketState State => _state;

        public override WebSocketCloseStatus? CloseStatus => null;

        public override string? CloseStatusDescription => null;

        public override string? SubProtocol => null;

        public void End() => _send.SetResult(true);

        public override void Abort()
        {
            _state = WebSocketState.Aborted;
            _send.SetException(new WebSocketException(WebSocketError.ConnectionClosedPrematurely));
        }

        public override ValueTask SendAsync(ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
            new(this, _send.Version);

        public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override void Dispose()
        {
        }

        void IValueTaskSource.GetResult(short token)
        {
            Interlocked.Increment(ref _consumed);
            _send.GetResult(token);
        }

        ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _send.GetStatus(token);

        void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _send.OnCompleted(continuation, state, token, flags);
    }
}
