using System.Collections.Concurrent;
using System.Net.Sockets;

namespace FaceEdge.Tests;

/// <summary>Ports for programs that must be told one, and for what goes away and comes back to the same.</summary>
internal static class FreePort
{
    /// <summary>Below it no system takes ports for outgoing connections or for listeners that ask for any: nobody gets one of these by chance before it is used.</summary>
    private const int FirstGivenBySystems = 32_768;

    private const int First = 15_000;

    private static readonly ConcurrentDictionary<int, bool> Taken = new();

    /// <summary>A port of this host on which nobody listens, given out once.</summary>
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
