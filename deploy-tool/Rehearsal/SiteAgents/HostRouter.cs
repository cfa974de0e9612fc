using System.Net.Sockets;
using System.Text;

namespace FaceEdge.Deploy.Rehearsal.SiteAgents;

/// <summary>
/// One port for an environment of several sites, each under its name: http://NAME.localhost:PORT. A pipeline knows sites by their names, and
/// one machine has no name service for them. A connection goes to the site that its first request names (RFC 9112, section 3.2).
/// </summary>
internal sealed class HostRouter : IDisposable
{
    private const int MaxHeadBytes = 16 * 1024;

    private readonly TcpListenerLoop _listener;
    private readonly Dictionary<string, int> _sites;

    /// <param name="port">Where it listens, on the loopback address alone.</param>
    /// <param name="sites">The sites' own ports, by their names.</param>
    public HostRouter(int port, IReadOnlyDictionary<string, int> sites)
    {
        _sites = new Dictionary<string, int>(sites, StringComparer.OrdinalIgnoreCase);
        _listener = new TcpListenerLoop(port, RouteAsync);
    }

    public void Dispose() => _listener.Dispose();

    private async Task RouteAsync(NetworkStream caller)
    {
        var head = await ReadHeadAsync(caller);
        if (_sites.TryGetValue(NameIn(head), out var port))
        {
            await TcpListenerLoop.JoinAsync(caller, port, head);
        }
        else
        {
            await caller.WriteAsync(NoSuchSite());
        }
    }

    /// <summary>What was read until the first request's head was whole, which may be more than the head.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadHeadAsync(NetworkStream stream)
    {
        var head = new byte[MaxHeadBytes];
        var length = 0;
        while (head.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            var read = await stream.ReadAsync(head.AsMemory(length));
            if (read == 0)
            {
                throw new IOException("the head of the request has no end");
            }

            length += read;
        }

        return head.AsMemory(0, length);
    }

    /// <summary>The name before .localhost in the field Host; empty where there is none.</summary>
    private static string NameIn(ReadOnlyMemory<byte> head)
    {
        foreach (var line in Encoding.Latin1.GetString(head.Span).Split("\r\n").Skip(1).TakeWhile(line => line.Length > 0))
        {
            if (line.StartsWith("Host:", StringComparison.OrdinalIgnoreCase))
            {
                var end = line.IndexOf(SiteAddress.LocalDomain, StringComparison.OrdinalIgnoreCase);
                return end < 0 ? "" : line["Host:".Length..end].Trim();
            }
        }

        return "";
    }

    private byte[] NoSuchSite()
    {
        var text = $"No site of that name is here. There are {string.Join(", ", _sites.Keys.Order(StringComparer.Ordinal).Select(name => name + SiteAddress.LocalDomain))}.\n";
        return Encoding.UTF8.GetBytes(
            $"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(text)}\r\nConnection: close\r\n\r\n{text}");
    }
}
