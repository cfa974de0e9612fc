using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace FaceEdge.Capture.Rtsp;

/// <summary>
/// Asks an RTSP server (RFC 2326) to DESCRIBE a stream before a media library is sent to it: a camera that is away is found out at once, without
/// a native call that cannot be cancelled, and the answer tells more than the library's "cannot open".
/// </summary>
internal static class RtspProbe
{
    private const int DefaultPort = 554;
    private const int LongestStatusLine = 512;

    /// <summary>Whether the server asks for credentials before it describes the stream.</summary>
    /// <exception cref="CaptureException">No connection, no answer, or an answer other than OK and Unauthorized.</exception>
    public static async Task<bool> NeedsCredentialsAsync(CameraUrl url, TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        var address = new Uri(url.Secret);
        if (address.Scheme != "rtsp")
        {
            // rtsps: the library brings TLS along.
            return false;
        }

        using var limit = new CancellationTokenSource(timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var port = address.Port > 0 ? address.Port : DefaultPort;
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.IdnHost, port, both.Token);
            return await AskAsync(client.GetStream(), address, url.HasCredentials, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CaptureException(FormattableString.Invariant($"{address.Host}:{port} did not answer within {timeout.TotalSeconds:0.#} s"));
        }
        catch (SocketException exception)
        {
            throw new CaptureException($"{address.Host}:{port}: {Words(exception)}", exception);
        }
        catch (IOException exception)
        {
            throw new CaptureException($"{address.Host}:{port} closed the connection while it was asked for the stream", exception);
        }
    }

    /// <summary>Sends the question over a connection that stands, and judges the answer.</summary>
    /// <exception cref="CaptureException">An answer other than OK and Unauthorized.</exception>
    /// <exception cref="IOException">The connection broke or ended before an answer.</exception>
    internal static async Task<bool> AskAsync(Stream connection, Uri address, bool hasCredentials, CancellationToken cancellationToken) =>
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

    private static bool Judge(string statusLine, Uri address, bool hasCredentials) => StatusCode(statusLine) switch
    {
        >= 200 and < 300 => false,
        >= 300 and < 400 => throw new CaptureException($"{address.Host} sends on to another address: put that one into the URL"),
        401 when hasCredentials => true,
        401 => throw new CaptureException($"{address.Host} asks for a user and a password: put them into the URL, rtsp://user:password@{address.Host}/…"),
        403 => throw new CaptureException($"{address.Host} forbids access to {address.AbsolutePath}"),
        404 => throw new CaptureException($"{address.Host} has no stream at {address.AbsolutePath}"),
        null => throw new CaptureException($"{address.Host}:{address.Port} answers, but does not speak RTSP"),
        _ => throw new CaptureException($"{address.Host} answered \"{statusLine}\""),
    };

    private static async Task<string> DescribeAsync(Stream stream, Uri address, CancellationToken cancellationToken)
    {
        var target = address.GetComponents(UriComponents.SchemeAndServer | UriComponents.PathAndQuery, UriFormat.UriEscaped);
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"DESCRIBE {target} RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: FaceEdge\r\nAccept: application/sdp\r\n\r\n"),
            cancellationToken);
        var buffer = new byte[LongestStatusLine];
        var length = 0;
        while (length < buffer.Length && buffer.AsSpan(0, length).IndexOf((byte)'\n') < 0)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                throw new IOException("End of stream.");
            }

            length += read;
        }

        var end = buffer.AsSpan(0, length).IndexOfAny((byte)'\r', (byte)'\n');
        return Encoding.ASCII.GetString(buffer, 0, end < 0 ? length : end);
    }

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
