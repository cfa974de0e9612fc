using System.Buffers;
using System.Net.WebSockets;
using FaceEdge.Streaming;

namespace FaceEdge.Web.Live;

/// <summary>
/// Receives binary messages as fast as they come and keeps the newest whole one: a sender faster than the model is never queued.
/// </summary>
internal sealed class NewestMessage
{
    private const int Chunk = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly WebSocket _socket;
    private readonly int _maxBytes;
    private readonly Wakeup _wakeup = new();
    private ArrayBufferWriter<byte> _arriving = new(Chunk);
    private ArrayBufferWriter<byte> _newest = new(Chunk);
    private long _received;
    private bool _fresh;
    private bool _ended;

    public NewestMessage(WebSocket socket, int maxBytes)
    {
        _socket = socket;
        _maxBytes = maxBytes;
    }

    /// <summary>Receives until the sender closes, is gone, or sends a message over the limit.</summary>
    /// <returns>False when a message was over the limit.</returns>
    public async Task<bool> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(_arriving.GetMemory(Chunk), cancellationToken);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return true;
                }

                _arriving.Advance(part.Count);
                if (_arriving.WrittenCount > _maxBytes)
                {
                    return false;
                }

                if (part.EndOfMessage)
                {
                    Keep();
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            return true;
        }
        finally
        {
            lock (_gate)
            {
                _ended = true;
            }

            _wakeup.Set();
        }
    }

    /// <summary>Waits for a message newer than the one before and swaps it into the caller's buffer.</summary>
    /// <param name="message">Receives the message; what it held before is reused for messages to come.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The message's place among all that arrived, from 1, and the buffer; 0 when there will be no more.</returns>
    public async ValueTask<(long Number, ArrayBufferWriter<byte> Message)> TakeAsync(
        ArrayBufferWriter<byte> message, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (_gate)
            {
                if (_fresh)
                {
                    _fresh = false;
                    (message, _newest) = (_newest, message);
                    return (_received, message);
                }

                if (_ended)
                {
                    return (0, message);
                }
            }

            await _wakeup.WaitAsync(cancellationToken);
        }
    }

    private void Keep()
    {
        lock (_gate)
        {
            _received++;
            _fresh = true;
            (_arriving, _newest) = (_newest, _arriving);
            _arriving.ResetWrittenCount();
        }

        _wakeup.Set();
    }
}
