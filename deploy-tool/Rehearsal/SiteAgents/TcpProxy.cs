using System.Net;
using System.Net.Sockets;

namespace FaceEdge.Deploy.Rehearsal.SiteAgents;

/// <summary>
/// A site's address: hands connections on to the process that serves now, as a Kubernetes Service does, so that the page stays while one
/// process takes over from another. It listens on the loopback address alone.
/// </summary>
internal sealed class TcpProxy : IDisposable
{
    private const int FirstPort = 15_000;

    /// <summary>From here on Linux gives ports to connections and to listeners that ask for any; macOS and Windows do so from 49,152.</summary>
    private const int FirstGivenBySystems = 32_768;

    private readonly TcpListenerLoop _listener;
    private int _target;

    public TcpProxy(int port) =>
        _listener = new TcpListenerLoop(port, caller => Target is var target and not 0 ? TcpListenerLoop.JoinAsync(caller, target, default) : Task.CompletedTask);

    public int Port => _listener.Port;

    /// <summary>The port that new connections go to; 0 for none.</summary>
    public int Target
    {
        get => Volatile.Read(ref _target);
        set => Volatile.Write(ref _target, value);
    }

    /// <summary>A port of the loopback address that nothing uses now, nor gets by chance before it is used.</summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(FirstPort, FirstGivenBySystems);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody listens there.
            }
        }
    }

    public void Dispose() => _listener.Dispose();
}
