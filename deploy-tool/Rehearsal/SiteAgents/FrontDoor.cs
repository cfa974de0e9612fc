using System.Net;
using System.Net.Sockets;

namespace FaceEdge.Deploy.Rehearsal.SiteAgents;

/// <summary>
/// A site's address: hands connections on to the process that serves now, as a Kubernetes Service does, so that the page stays while one
/// process takes over from another. It listens on the loopback address alone.
/// </summary>
internal sealed class FrontDoor : IDisposable
{
    private readonly TcpListener _listener;
    private int _target;

    public FrontDoor(int port)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>The port that new connections go to; 0 for none.</summary>
    public int Target
    {
        get => Volatile.Read(ref _target);
        set => Volatile.Write(ref _target, value);
    }

    /// <summary>A port of the loopback address that nothing uses now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
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
        if (Target is 0)
        {
            return;
        }

        try
        {
            using var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, Target);
            await using var left = caller.GetStream();
            await using var right = server.GetStream();
            await Task.WhenAny(left.CopyToAsync(right), right.CopyToAsync(left));
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException)
        {
            // One side hung up, or the process ended: the caller sees a broken connection and comes again.
        }
    }
}
