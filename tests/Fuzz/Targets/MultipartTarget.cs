using System.Text;
using FaceEdge.Capture;
using FaceEdge.Capture.Http;

namespace FaceEdge.Fuzz.Targets;

/// <summary>An MJPEG camera's answer. The first byte says how the stream is cut into reads, the second how the boundary is announced.</summary>
internal sealed class MultipartTarget : FuzzTarget
{
    private const int Limit = 2048;

    private static readonly string[] Boundaries = ["frame", "--frame", "f", "--myboundary", "a b'c", ""];

    public override string Name => "multipart";

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        [0xFF, 0xD8], [0xFF, 0xD9], [0xFF, 0xD8, 0xFF, 0xDA, 0, 2, 1, 0xFF, 0xD9], .. AsBytes(
            "--frame", "--frame--", "\r\n", "\n", "\r\n\r\n", "Content-Length: ", "Content-Length: 5\r\n", "Content-Length: 2049", "Content-Length: 99999999999", "Content-Type: image/jpeg\r\n", "---", ": "),
    ];

    public override IEnumerable<byte[]> Seeds()
    {
        byte[] frame = [0xFF, 0xD8, 0xFF, 0xDA, 0, 2, 1, 2, 3, 0xFF, 0xD9];
        foreach (var (chunk, boundary, header) in new[] { (200, 0, "Content-Type: image/jpeg\r\nContent-Length: 11\r\n"), (7, 1, ""), (1, 2, "Content-Length: 3\r\n") })
        {
            byte[] part = [.. Encoding.ASCII.GetBytes($"--{Boundaries[boundary].TrimStart('-')}\r\n{header}\r\n"), .. frame, .. "\r\n"u8];
            yield return [(byte)chunk, (byte)boundary, .. part, .. part, .. part];
        }
    }

    public override void Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < 2)
        {
            return;
        }

        using var stream = new CutStream(input[2..].ToArray(), input[0] + 1);
        try
        {
            using var body = new BodyReader(stream);
            var reader = new MultipartReader(body, Boundaries[input[1] % Boundaries.Length], Limit);
            var parts = 0;
            while (reader.ReadPartAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult() is { } part)
            {
                parts++;
                Require(part.Length is > 0 and <= Limit + 300, "a part within the limit, and never an empty one");
            }

            Require(parts <= input.Length, "no more parts than bytes");
        }
        catch (CaptureException)
        {
            // What it promises for what is no multipart stream.
        }
    }
}
