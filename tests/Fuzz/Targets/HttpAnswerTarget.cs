using System.Text;
using FaceEdge.Capture;
using FaceEdge.Capture.Http;

namespace FaceEdge.Fuzz.Targets;

/// <summary>An HTTP camera's whole answer, head and body; the first byte says how it is cut into reads.</summary>
internal sealed class HttpAnswerTarget : FuzzTarget
{
    private const int Limit = 2048;

    public override string Name => "http-answer";

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        [0xFF, 0xD8, 0xFF], [0xFF, 0xD9], [0xFF, 0xD8, 0xFF, 0xDA, 0, 2, 1, 0xFF, 0xD9], [0, 0, 0, 1], .. AsBytes(
            "HTTP/1.1 200 OK\r\n", "HTTP/1.0 ", "ICY 200 OK\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 302 Found\r\nLocation: ", "http://127.0.0.1/", "\r\n", "\n", "\r\n\r\n", ": ", ";",
            "Content-Type: ", "Content-Type: image/jpeg\r\n", "Content-Length: ", "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "boundary=", "boundary=\"--x y--\"",
            "multipart/x-mixed-replace; boundary=frame\r\n", "--frame\r\n", "#EXTM3U", "<html>", "WWW-Authenticate: Digest realm=\"x\", nonce=\"y\", algorithm=SHA-256, qop=\"auth\"\r\n",
            "Tue, 12 Jun 2012 01:56:34 GMT\r\n", " folded\r\n", "ftypisom"),
    ];

    public override IEnumerable<byte[]> Seeds()
    {
        byte[] frame = [0xFF, 0xD8, 0xFF, 0xDA, 0, 2, 1, 2, 3, 0xFF, 0xD9];
        byte[] part = [.. "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: 11\r\n\r\n"u8, .. frame, .. "\r\n"u8];
        foreach (var (chunk, head, body) in new (int, string, byte[])[]
        {
            (200, "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n", [.. part, .. part]),
            (7, "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace;boundary=--x y--;\r\n\r\n", [.. part, .. part]),
            (50, "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n", [.. part, .. part]),
            (9, "HTTP/1.0 200 OK\nContent-Type: video/x-motion-jpeg\n\n", [.. frame, .. frame, .. frame]),
            (90, "HTTP/1.1 200 OK\r\nServer: GoaHead\r\nTue, 12 Jun 2012 01:56:34 GMT\r\nContent-Type:text/html\r\nContent-Length:11\r\nContent-Length: 12\r\n\r\n", frame),
            (33, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n", [.. frame, .. "\r\n0\r\n\r\n"u8]),
            (60, "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"y\", algorithm=SHA-256, qop=\"auth\"\r\nContent-Length: 0\r\n\r\n", []),
            (60, "HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n", []),
        })
        {
            yield return [(byte)chunk, .. Encoding.ASCII.GetBytes(head), .. body];
        }
    }

    public override void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return;
        }

        var (content, most) = (input[1..].ToArray(), input[0] + 1);
        var options = new CameraOptions { Url = "http://keeper:Zq7-planted@127.0.0.1:1/x" };
        using var client = new HttpCameraClient(CameraUrl.Parse(options.Url), options, () => new CutStream(content, most));
        try
        {
            ReadAsync(client, content.Length).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is HttpCameraException or CaptureException)
        {
            Require(!exception.Message.Contains("Zq7-planted", StringComparison.Ordinal), $"no password in \"{exception.Message}\"");
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            // The body broke off: the source says so in words.
        }
    }

    private static async Task ReadAsync(HttpCameraClient client, int length)
    {
        using var response = await client.AskAsync(CancellationToken.None);
        var type = ContentType.Parse(response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.FirstOrDefault() : null);
        await using var stream = await response.Content.ReadAsStreamAsync();
        using var body = new BodyReader(stream);
        var kind = await BodySniffer.FindAsync(body, type, CancellationToken.None);
        var parts = new MultipartReader(body, kind == BodyKind.Multipart ? await MultipartReader.FindBoundaryAsync(body, type.Boundary, default) : "x", Limit);
        var jpegs = new JpegRunReader(body, Limit);
        for (var count = 0; ; count++)
        {
            var part = kind switch
            {
                BodyKind.Multipart => await parts.ReadPartAsync(CancellationToken.None),
                BodyKind.Jpegs => await jpegs.ReadAsync(CancellationToken.None),
                _ => null,
            };
            if (part is null)
            {
                return;
            }

            Require(part.Value.Length is > 0 and <= (64 * 1024) + Limit, "a frame within the limit and what is read at once, and never an empty one");
            Require(count <= length, "no more frames than bytes");
        }
    }
}
