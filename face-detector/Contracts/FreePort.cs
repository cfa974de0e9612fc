using System.Collections.Concurrent;
using System.Net.Sockets;

namespace FaceEdge.Contracts;

/// <summary>Ports of this host for programs that must be told one, and for what goes away and comes back to the same.</summary>
public static class FreePort
{
    private const int First = 15_000;

    /// <summary>
    /// From here on Linux gives ports to outgoing connections and to listeners that ask for any; macOS and Windows do so from 49,152. Nobody gets a
    /// port below it by chance before it is used.
    /// </summary>
    private const int FirstGivenBySystems = 32_768;

    private static readonly ConcurrentDictionary<int, bool> Taken = new();

    /// <summary>A port on which nobody listens, given out once by this process.</summary>
    public static int Take()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, FirstGivenBySystems);
            if (IsFree(port) && Taken.TryAdd(port, true))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = TcpListener.Create(port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
