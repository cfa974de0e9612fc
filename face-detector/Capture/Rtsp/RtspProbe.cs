using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace FaceEdge.Capture.Rtsp;

/// <summary>
/// Asks an RTSP server (RFC 2326) to DESCRIBE a stream before a media library is sent to it: a camera that is away is noticed at once, without
/// a native call that cannot be cancelled, and the answer tells more than the library's "cannot open".
/// </summary>
internal static partial class RtspProbe
{
    private const int DefaultPort = 554;
    private const int DefaultTlsPort = 322;

    /// <summary>
    /// A camera that comes back while a connection is tried is asked again after seconds, later each time (RFC 6298); a new try asks at once.
    /// </summary>
    private static readonly TimeSpan ConnectTry = TimeSpan.FromSeconds(2);
    private const int LongestStatusLine = 512;

    /// <summary>Of an answer that asks for credentials: its headers say by which scheme.</summary>
    private const int LongestHead = 8 * 1024;

    /// <summary>What the server asks for before it describes the stream.</summary>
    /// <exception cref="CaptureException">No connection, no answer, or an answer other than OK and Unauthorized.</exception>
    public static async Task<RtspChallenge> AskAsync(CameraUrl url, TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        var address = new Uri(url.Secret);
        if (address.Scheme != "rtsp")
        {
            // rtsps: the library brings TLS along.
            return RtspChallenge.None;
        }

        using var limit = new CancellationTokenSource(timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var client = await ConnectAsync(address.IdnHost, PortOf(address), clock, both.Token);
            return await AskAsync(client.GetStream(), address, url.HasCredentials, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CaptureException(FormattableString.Invariant($"{address.Host}:{PortOf(address)} did not answer within {timeout.TotalSeconds:0.#} s"));
        }
        catch (SocketException exception)
        {
            throw new CaptureException($"{address.Host}:{PortOf(address)}: {Words(exception)}", exception);
        }
        catch (IOException exception)
        {
            throw new CaptureException($"{address.Host}:{PortOf(address)} closed the connection while it was asked for the stream", exception);
        }
    }

    /// <summary>Sends the question over a connection that stands, and judges the answer.</summary>
    /// <exception cref="CaptureException">An answer other than OK and Unauthorized.</exception>
    /// <exception cref="IOException">The connection broke or ended before an answer.</exception>
    internal static async Task<RtspChallenge> AskAsync(Stream connection, Uri address, bool hasCredentials, CancellationToken cancellationToken) =>
        Judge(await DescribeAsync(connection, address, cancellationToken), address, hasCredentials);

    /// <summary>The status code of "RTSP/1.0 200 OK", or null when the line is none.</summary>
    internal static int? StatusCode(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith("RTSP/", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var space = line.IndexOf(' ');
        return space > 0 && line.Length >= space + 4
            && int.TryParse(line.Slice(space + 1, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? code
            : null;
    }

    private static RtspChallenge Judge(string head, Uri address, bool hasCredentials)
    {
        var end = head.AsSpan().IndexOfAny('\r', '\n');
        var statusLine = end < 0 ? head : head[..end];
        return StatusCode(statusLine) switch
        {
            >= 200 and < 300 => RtspChallenge.None,
            >= 300 and < 400 => throw new CaptureException($"{address.Host} sends on to another address: put that one into the URL"),
            401 when hasCredentials => Challenge(head),
            401 => throw new CaptureException($"{address.Host} asks for a user and a password: put user:password@ before {address.Host} in the URL"),
            403 => throw new CaptureException($"{address.Host} forbids access to {address.AbsolutePath}"),
            404 => throw new CaptureException($"{address.Host} has no stream at {address.AbsolutePath}"),
            null => throw new CaptureException($"{address.Host}:{PortOf(address)} answers, but does not speak RTSP"),
            _ => throw new CaptureException($"{address.Host} answered \"{statusLine}\""),
        };
    }

    private static async Task<TcpClient> ConnectAsync(string host, int port, TimeProvider clock, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var limit = new CancellationTokenSource(ConnectTry, clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            var client = new TcpClient();
            try
            {
                await client.ConnectAsync(host, port, both.Token);
                return client;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                client.Dispose();
            }
            catch
            {
                client.Dispose();
                throw;
            }
        }
    }

    /// <summary>The port that is asked: 554 where the address names none, 322 with TLS (RFC 7826, 4.2), which Uri calls -1.</summary>
    internal static int PortOf(Uri address) => address.Port > 0 ? address.Port : address.Scheme == "rtsps" ? DefaultTlsPort : DefaultPort;

    /// <summary>Each WWW-Authenticate line is one scheme (RFC 7616, 3.3): one that is known is enough.</summary>
    private static RtspChallenge Challenge(string head)
    {
        var others = false;
        foreach (var line in head.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (!line.StartsWith("WWW-Authenticate:", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (!OtherAlgorithm().IsMatch(line))
            {
                return RtspChallenge.Credentials;
            }

            others = true;
        }

        return others ? RtspChallenge.OtherDigest : RtspChallenge.Credentials;
    }

    /// <summary>The status line, and of a 401 the headers too.</summary>
    private static async Task<string> DescribeAsync(Stream stream, Uri address, CancellationToken cancellationToken)
    {
        var target = address.GetComponents(UriComponents.SchemeAndServer | UriComponents.PathAndQuery, UriFormat.UriEscaped);
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"DESCRIBE {target} RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: FaceEdge\r\nAccept: application/sdp\r\n\r\n"),
            cancellationToken);
        var buffer = new byte[LongestHead];
        var length = 0;
        while (!IsEnough(buffer.AsSpan(0, length)))
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                return buffer.AsSpan(0, length).Contains((byte)'\n') ? Encoding.ASCII.GetString(buffer, 0, length) : throw new IOException("End of stream.");
            }

            length += read;
        }

        return Encoding.ASCII.GetString(buffer, 0, length);
    }

    private static bool IsEnough(ReadOnlySpan<byte> head)
    {
        var lineFeed = head.IndexOf((byte)'\n');
        if (lineFeed < 0)
        {
            return head.Length >= LongestStatusLine;
        }

        return StatusCode(Encoding.ASCII.GetString(head[..lineFeed])) != 401
            || head.Length == LongestHead
            || head.IndexOf("\r\n\r\n"u8) >= 0
            || head.IndexOf("\n\n"u8) >= 0;
    }

    [GeneratedRegex(@"\bDigest\b.*\balgorithm\s*=\s*""?(?!MD5\b)[A-Za-z0-9]", RegexOptions.IgnoreCase)]
    private static partial Regex OtherAlgorithm();

    private static string Words(SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.HostNotFound or SocketError.NoData => "no such host",
        SocketError.TryAgain => "the name server does not answer",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "no route to it",
        SocketError.TimedOut => "no answer",
        _ => exception.Message,
    };
}
