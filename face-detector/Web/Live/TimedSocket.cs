using System.Net.WebSockets;

namespace FaceEdge.Web.Live;

/// <summary>Sends to those who may have stopped to read.</summary>
internal static class TimedSocket
{
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
            return;
        }

        try
        {
            await send.AsTask().WaitAsync(timeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            socket.Abort();
            throw new OperationCanceledException("The receiver does not read.");
        }
    }
}
