using FaceEdge.Capture;
using FaceEdge.Capture.Rtsp;

namespace FaceEdge.Fuzz.Targets;

/// <summary>An RTSP server's answer to DESCRIBE; the first byte says how it is cut into reads.</summary>
internal sealed class RtspAnswerTarget : FuzzTarget
{
    private static readonly Uri Address = new("rtsp://127.0.0.1:8554/stream?channel=1");

    public override string Name => "rtsp-answer";

    public override int MaxLength => 1024;

    public override IReadOnlyList<byte[]> Words { get; } =
        AsBytes("RTSP/1.0 ", "rtsp/", "200", "302", "401", "404", "999", "-1", " ", "\r\n", "\n", "\0", "\u001b[31m", "Location: http://127.0.0.1/\r\n", "WWW-Authenticate: Basic realm=\"x\"\r\n");

    public override IEnumerable<byte[]> Seeds() => AsBytes(
        "\u00ffRTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n", "\u0003RTSP/1.0 401 Unauthorized\r\n\r\n", "\u0001RTSP/1.0 302 Moved\r\nLocation: rtsp://10.0.0.1/\r\n\r\n", "pHTTP/1.1 400 Bad Request\r\n\r\n");

    public override void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return;
        }

        using var connection = new CutStream(input[1..].ToArray(), input[0] + 1);
        try
        {
            RtspProbe.AskAsync(connection, Address, (input[0] & 1) == 0, CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (CaptureException exception)
        {
            Require(exception.Message.Length < 1024, "a reason that is not endless");
        }
        catch (IOException)
        {
            // The answer ended early: the caller says so in words.
        }
    }
}
