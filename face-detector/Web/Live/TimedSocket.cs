using System.Net.WebSockets;

namespace FaceEdge.Web.Live;

/// <summary>Sends to those who may have stopped to read.</summary>
internal static class TimedSocket
{
    /// <summary>How long a goodbye may take: whoever does not read has no use for it.</summary>
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Sends one message or a part of one; a receiver that does not take it within the time is cut off.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, or the time is over.</exception>
    /// <exception cref="WebSocketException">The connection is lost.</exception>
    public static async ValueTask SendWithinAsync(
        this WebSocket socket,
        ReadOnlyMemory<byte> message,
        WebSocketMessageType type,
        bool end,
        TimeSpan timeout,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var send = socket.SendAsync(message, type, end, cancellationToken);
        if (send.IsCompletedSuccessfully)
        {
            send.GetAwaiter().GetResult();
            return;
        }

        var sending = send.AsTask();
        try
        {
            await sending.WaitAsync(timeout, time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            socket.Abort();

            // The message is the caller's again when this returns, and must not be read from any more.
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw exception as OperationCanceledException ?? new OperationCanceledException("The receiver does not read.");
        }
    }

    /// <summary>Closes this side, or answers the other side's close. Throws nothing: a connection that is lost needs no goodbye.</summary>
    public static async Task CloseWithinAsync(this WebSocket socket, WebSocketCloseStatus status, string? description, TimeProvider time)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            return;
        }

        using var limit = new CancellationTokenSource(CloseTimeout, time);
        try
        {
            await socket.CloseOutputAsync(status, description, limit.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // Gone already.
        }
    }
}
