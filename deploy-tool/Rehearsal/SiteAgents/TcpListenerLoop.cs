using System.Net;
using System.Net.Sockets;

namespace FaceEdge.Deploy.Rehearsal.SiteAgents;

/// <summary>Takes connections at a port of the loopback address and hands each to a handler.</summary>
internal sealed class TcpListenerLoop : IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);

    private readonly TcpListener _listener;
    private readonly Func<NetworkStream, Task> _serve;
    private readonly Func<ValueTask<TcpClient>> _accept;
    private volatile bool _isClosed;

    /// <param name="port">Where it listens.</param>
    /// <param name="serve">Serves a caller until one side hangs up.</param>
    /// <param name="accept">Takes the next caller of the listener; null for the system's own accept.</param>
    public TcpListenerLoop(int port, Func<NetworkStream, Task> serve, Func<TcpListener, ValueTask<TcpClient>>? accept = null)
    {
        _serve = serve;
        _accept = () => accept?.Invoke(_listener!) ?? _listener!.AcceptTcpClientAsync(CancellationToken.None);
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Joins a caller to a port of the loopback address, which first gets what was read of the caller already.</summary>
    public static async Task JoinAsync(NetworkStream caller, int port, ReadOnlyMemory<byte> read)
    {
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, port);
        await using var there = server.GetStream();
        await there.WriteAsync(read);
        await Task.WhenAny(caller.CopyToAsync(there), there.CopyToAsync(caller));
    }

    public void Dispose()
    {
        _isClosed = true;
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_isClosed)
        {
            try
            {
                _ = ServeAsync(await _accept());
            }
            catch (SocketException)
            {
                // A caller that hung up while it waited, or no file descriptor left: the next caller is taken.
                await Task.Delay(RetryDelay);
            }
            catch (Exception exception) when (exception is ObjectDisposedException or InvalidOperationException)
            {
                // The listener was closed.
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient caller)
    {
        using var _ = caller;
        try
        {
            await using var stream = caller.GetStream();
            await _serve(stream);
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException)
        {
            // One side hung up, or the process ended: the caller sees a broken connection and comes again.
        }
    }
}
