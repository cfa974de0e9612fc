using FaceEdge.Capture;
using FaceEdge.Capture.Ffmpeg;
using FaceEdge.Imaging;

namespace FaceEdge.Fuzz.Targets;

/// <summary>What the ffmpeg child writes, should a camera make it write something else than frames.</summary>
internal sealed class VideoTarget : FuzzTarget
{
    public override string Name => "video";

    /// <summary>The planes of the largest frame that is taken.</summary>
    public override long MaxAllocated => 96 * 1024 * 1024;

    public override IReadOnlyList<byte[]> Words { get; } =
        AsBytes("YUV4MPEG2 ", "W16", "H8", "W16384", "H16384", "W-1", "W99999999999", "C420", "C420jpeg", "C444", "XCOLORRANGE=FULL", "FRAME\n", "FRAME Ix\n", "\n", " ");

    public override IEnumerable<byte[]> Seeds()
    {
        yield return [.. "YUV4MPEG2 W4 H2 F25:1 Ip C420jpeg XCOLORRANGE=FULL\nFRAME\n"u8, .. new byte[12], .. "FRAME\n"u8, .. new byte[12]];
        yield return [.. "YUV4MPEG2 W3 H3 C420\nFRAME Ip\n"u8, .. new byte[17]];
    }

    public override void Run(ReadOnlySpan<byte> input)
    {
        using var pool = new FramePool();
        using var stream = new CutStream(input.ToArray(), 4096);
        var sink = new Sink(pool);
        try
        {
            var reader = new Y4mReader(stream);
            while (reader.ReadFrame(sink))
            {
                Require(sink.Frames <= input.Length, "no more frames than bytes");
            }
        }
        catch (CaptureException)
        {
            // What it promises for what is no video.
        }
    }

    private sealed class Sink(FramePool pool) : IFrameSink
    {
        public int Frames { get; private set; }

        public FramePool Pool => pool;

        public void Publish(Frame frame)
        {
            Frames++;
            frame.Dispose();
        }
    }
}
