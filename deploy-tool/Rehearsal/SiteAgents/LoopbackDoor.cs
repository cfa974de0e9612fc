using System.Net;
using System.Net.Sockets;

namespace FaceEdge.Deploy.Rehearsal.SiteAgents;

/// <summary>Takes connections at a port of the loopback address and hands each to what leads it on.</summary>
internal sealed class LoopbackDoor : IDisposable
{
    private readonly TcpListener _listener;
    private readonly Func<NetworkStream, Task> _lead;

    /// <param name="port">Where it listens.</param>
    /// <param name="lead">Leads a caller on until one side hangs up.</param>
    public LoopbackDoor(int port, Func<NetworkStream, Task> lead)
    {
        _lead = lead;
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

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // The door was closed.
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
            await _lead(stream);
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException)
        {
            // One side hung up, or the process ended: the caller sees a broken connection and comes again.
        }
    }
}
