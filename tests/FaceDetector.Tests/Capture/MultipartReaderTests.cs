using System.Text;
using CsCheck;
using FaceEdge.Capture;
using FaceEdge.Capture.Http;

namespace FaceEdge.Tests.Capture;

public sealed class MultipartReaderTests
{
    private const int Limit = 4096;

    /// <summary>As cameras send it: announced boundary, delimiter on the wire, headers, line end.</summary>
    private static readonly Gen<Dialect> Dialects = Gen.Select(
        Gen.OneOf(Gen.Const(("frame", "--frame")), Gen.Const(("--frame", "--frame")), Gen.Const(("--frame", "----frame")), Gen.Const(("a b'c", "--a b'c"))),
        Gen.Bool,
        Gen.Bool,
        Gen.Bool,
        (boundary, length, type, lineFeedOnly) => new Dialect(boundary.Item1, boundary.Item2, length, type, lineFeedOnly ? "\n" : "\r\n"));

    private static readonly Gen<byte[][]> Frames = Gen.Byte.Array[0, 300].Select(Jpeg).Array[1, 6];

    [Fact]
    public void Any_chunking_of_any_dialect_gives_the_frames_that_were_sent() =>
        Gen.Select(Dialects, Frames, Gen.Int[1, 64].Array[1, 20]).Sample((dialect, frames, chunks) =>
        {
            var parts = ReadAll(dialect.Boundary, dialect.Write(frames), chunks);

            Assert.Equal(frames.Select(Convert.ToHexString), parts.Select(Convert.ToHexString));
        });

    [Fact]
    public void Garbage_never_throws_out_of_the_contract() =>
        Gen.Select(Dialects, Frames, Gen.Byte.Array[1, 40], Gen.Int[0, 2000], Gen.Int[0, 200]).Sample((dialect, frames, garbage, at, cut) =>
        {
            var stream = dialect.Write(frames).ToList();
            at = Math.Min(at, stream.Count);
            stream.RemoveRange(at, Math.Min(cut, stream.Count - at));
            stream.InsertRange(at, garbage);
            try
            {
                ReadAll(dialect.Boundary, [.. stream], [17]);
            }
            catch (CaptureException)
            {
                // What it promises.
            }
        });

    [Fact]
    public void A_frame_without_a_length_is_handed_on_before_the_next_one_arrives()
    {
        var frame = Jpeg([1, 2, 3]);
        using var stream = new EndlessAfter([.. Encoding.ASCII.GetBytes("--x\r\n\r\n"), .. frame]);
        using var body = new BodyReader(stream);
        var reader = new MultipartReader(body, "x", Limit);

        Assert.Equal(frame, Read(reader));
    }

    [Fact]
    public void A_wrong_length_costs_frames_only_until_it_is_found_out()
    {
        var frames = Enumerable.Range(0, 6).Select(i => Jpeg([(byte)i, 50, 60, 70])).ToArray();
        var stream = frames.SelectMany(frame =>
            Encoding.ASCII.GetBytes("--x\r\nContent-Length: 5\r\n\r\n").Concat(frame).Concat("\r\n"u8.ToArray())).ToArray();

        var parts = ReadAll("x", stream, [1000]);

        Assert.Equal(frames[^3..], parts[^3..]);
    }

    [Fact]
    public void A_closing_delimiter_between_frames_is_read_over()
    {
        var frames = new[] { Jpeg([1]), Jpeg([2]) };
        var stream = frames.SelectMany(frame =>
            Encoding.ASCII.GetBytes("--x\r\nContent-Type: image/jpeg\r\n\r\n").Concat(frame).Concat("\r\n--x--\r\n"u8.ToArray())).ToArray();

        Assert.Equal(frames, ReadAll("x", stream, [7]).Where(part => part.Length > 0));
    }

    [Theory]
    [InlineData("--x\r\nContent-Length: 999999\r\n\r\n", "more than 4,096 bytes")]
    [InlineData("--x\r\nContent-Length: 99999999999999999999\r\n\r\n", null)]
    public void A_frame_over_the_limit_is_refused_by_its_header(string start, string? message)
    {
        var exception = Record.Exception(() => ReadAll("x", Encoding.ASCII.GetBytes(start), [100]));

        Assert.True(message is null ? exception is null : exception!.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Streams_without_end_or_boundary_are_given_up_at_a_limit()
    {
        Assert.Contains("headers without an end", Fault(Repeat("--x\r\n", "Field: value\r\n")), StringComparison.Ordinal);
        Assert.Contains("does not hold the boundary", Fault(Repeat("", "nothing of the kind ")), StringComparison.Ordinal);
        Assert.Contains("more than 4,096 bytes", Fault(Repeat("--x\r\n\r\n", "frame without end ")), StringComparison.Ordinal);
        Assert.Contains("names no boundary", Assert.Throws<CaptureException>(() => ReadAll("", [], [1])).Message, StringComparison.Ordinal);
    }

    private static string Fault(byte[] stream) => Assert.Throws<CaptureException>(() => ReadAll("x", stream, [1000])).Message;

    private static byte[] Repeat(string start, string filling) =>
        Encoding.ASCII.GetBytes(start + string.Concat(Enumerable.Repeat(filling, 5000)));

    /// <summary>A JPEG's frame around bytes that hold no marker and nothing like a delimiter.</summary>
    private static byte[] Jpeg(byte[] filling) =>
        [0xFF, 0xD8, 0xFF, 0xDA, 0, 2, .. filling.Select(value => value is 0xFF or (byte)'-' ? (byte)0 : value), 0xFF, 0xD9];

    private static List<byte[]> ReadAll(string boundary, byte[] stream, int[] chunks)
    {
        using var chunked = new ChunkedStream(stream, chunks);
        using var body = new BodyReader(chunked);
        var reader = new MultipartReader(body, boundary, Limit);
        var parts = new List<byte[]>();
        while (Read(reader) is { } part)
        {
            parts.Add(part);
        }

        return parts;
    }

    /// <summary>The streams here answer at once.</summary>
    private static byte[]? Read(MultipartReader reader) =>
        reader.ReadPartAsync(CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromMinutes(5)).GetAwaiter().GetResult()?.ToArray();

    private sealed record Dialect(string Boundary, string Delimiter, bool Length, bool Type, string LineEnd)
    {
        public byte[] Write(byte[][] frames)
        {
            using var stream = new MemoryStream();
            foreach (var frame in frames)
            {
                var type = Type ? $"Content-Type: image/jpeg{LineEnd}" : "";
                var length = Length ? $"content-length:  {frame.Length}{LineEnd}" : "";
                stream.Write(Encoding.Latin1.GetBytes($"{Delimiter}{LineEnd}{type}{length}{LineEnd}"));
                stream.Write(frame);
                stream.Write(Encoding.Latin1.GetBytes(LineEnd));
            }

            stream.Write(Encoding.Latin1.GetBytes($"{Delimiter}--{LineEnd}"));
            return stream.ToArray();
        }
    }

    /// <summary>Answers in chunks of the given sizes, again and again.</summary>
    private sealed class ChunkedStream(byte[] bytes, int[] chunks) : MemoryStream(bytes, writable: false)
    {
        private int _next;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, chunks[_next++ % chunks.Length])], cancellationToken);
    }

    /// <summary>A connection that stays open and silent after the bytes.</summary>
    private sealed class EndlessAfter(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == Length)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
