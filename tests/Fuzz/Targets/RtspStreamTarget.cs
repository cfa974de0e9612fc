using System.Net;
using System.Net.Sockets;
using System.Text;
using FaceEdge.Capture;
using FaceEdge.Capture.Ffmpeg;
using FaceEdge.Imaging;

namespace FaceEdge.Fuzz.Targets;

/// <summary>
/// An RTSP camera that answers the ffmpeg child with anything: session description, transport, packets. The input is a series of answers: two
/// bytes of length and that many bytes; each request gets the next. Slow: a process and four round trips an input.
/// </summary>
internal sealed class RtspStreamTarget : FuzzTarget
{
    private const string Description = """
        v=0
        o=- 0 0 IN IP4 127.0.0.1
        s=x
        c=IN IP4 127.0.0.1
        t=0 0
        m=video 0 RTP/AVP 96
        a=rtpmap:96 H264/90000
        a=fmtp:96 packetization-mode=1;sprop-parameter-sets=Z0LAHtkDxWhAAAADAEAAAAwDxYuS,aMuMsg==
        a=control:track1

        """;

    public override string Name => "rtsp-stream";

    public override IReadOnlyList<byte[]> Words { get; } = AsBytes(
        "RTSP/1.0 200 OK\r\n", "RTSP/1.0 302 Moved\r\nLocation: file:///etc/passwd\r\n\r\n", "Location: http://127.0.0.1:1/\r\n", "Content-Length: 99999999\r\n", "CSeq: ", "Session: x;timeout=1\r\n",
        "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n", "a=control:", "a=rtpmap:96 ", "a=fmtp:96 ", "m=video 0 RTP/AVP 26\r\n", "sprop-parameter-sets=", "$\0\0\u0004", "H265/90000", "JPEG/90000", "\r\n\r\n");

    public override IEnumerable<byte[]> Seeds()
    {
        var description = Description.ReplaceLineEndings("\r\n");
        byte[] packet = [(byte)'$', 0, 0, 20, 0x80, 0xE0, 0, 1, 0, 0, 0, 1, 1, 2, 3, 4, 0x65, 0x88, 0x84, 0, 0x10, 0x20, 0x30, 0x40];
        yield return
        [
            .. Answer("Public: OPTIONS, DESCRIBE, SETUP, PLAY\r\n\r\n", 1),
            .. Answer($"Content-Base: rtsp://127.0.0.1/x/\r\nContent-Type: application/sdp\r\nContent-Length: {description.Length}\r\n\r\n{description}", 2),
            .. Answer("Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 12345678\r\n\r\n", 3),
            .. Piece([.. Encoding.ASCII.GetBytes("RTSP/1.0 200 OK\r\nCSeq: 4\r\nSession: 12345678\r\n\r\n"), .. packet, .. packet]),
        ];
    }

    public override void Run(ReadOnlySpan<byte> input)
    {
        var answers = Pieces(input);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var serving = ServeAsync(listener, answers, over.Token);
        var options = new CameraOptions { Url = $"rtsp://keeper:Zq7-planted@127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/x", ConnectTimeout = TimeSpan.FromSeconds(2) };
        using var pool = new FramePool();
        try
        {
            new FfmpegSource(CameraUrl.Parse(options.Url), options, TimeProvider.System).RunAsync(new Sink(pool), over.Token).GetAwaiter().GetResult();
        }
        catch (CaptureException exception)
        {
            Require(!exception.Message.Contains("Zq7-planted", StringComparison.Ordinal), $"no password in \"{exception.Message}\"");
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // A stream that goes on without frames: what ends it is the watchdog, which is not part of this.
        }
        finally
        {
            over.Cancel();
            serving.GetAwaiter().GetResult();
        }
    }

    /// <summary>The first connection asks only whether there is a camera; the second is ffmpeg's.</summary>
    private static async Task ServeAsync(TcpListener listener, Queue<byte[]> answers, CancellationToken over)
    {
        try
        {
            using (var probe = await listener.AcceptTcpClientAsync(over))
            {
                await ReadRequestAsync(probe.GetStream(), over);
                await probe.GetStream().WriteAsync("RTSP/1.0 200 OK\r\n\r\n"u8.ToArray(), over);
            }

            using var camera = await listener.AcceptTcpClientAsync(over);
            while (answers.TryDequeue(out var answer) && await ReadRequestAsync(camera.GetStream(), over))
            {
                await camera.GetStream().WriteAsync(answer, over);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException)
        {
            // ffmpeg has seen enough.
        }
    }

    private static async Task<bool> ReadRequestAsync(NetworkStream stream, CancellationToken over)
    {
        var buffer = new byte[4096];
        return await stream.ReadAsync(buffer, over) > 0;
    }

    private static Queue<byte[]> Pieces(ReadOnlySpan<byte> input)
    {
        var pieces = new Queue<byte[]>();
        while (input.Length >= 2)
        {
            var length = Math.Min((input[0] << 8) | input[1], input.Length - 2);
            pieces.Enqueue(input.Slice(2, length).ToArray());
            input = input[(2 + length)..];
        }

        return pieces;
    }

    private static byte[] Answer(string rest, int sequence) => Piece(Encoding.ASCII.GetBytes($"RTSP/1.0 200 OK\r\nCSeq: {sequence}\r\n{rest}"));

    private static byte[] Piece(byte[] content) => [(byte)(content.Length >> 8), (byte)content.Length, .. content];

    private sealed class Sink(FramePool pool) : IFrameSink
    {
        public FramePool Pool => pool;

        public void Publish(Frame frame) => frame.Dispose();
    }
}
