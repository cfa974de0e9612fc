using CsCheck;
using FaceEdge.Imaging;

namespace FaceEdge.Tests.Imaging;

public sealed class LumaRangeTests
{
    [Fact]
    public void Every_sample_is_within_a_level_of_the_exact_formula()
    {
        var all = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        var luma = new byte[256];
        var chroma = new byte[256];

        LumaRange.LumaScalar(all, luma);
        LumaRange.ChromaScalar(all, chroma);

        Assert.All(all, value =>
        {
            Assert.InRange(luma[value] - Math.Clamp((value - 16) * 255 / 219.0, 0, 255), -1, 1);
            Assert.InRange(chroma[value] - Math.Clamp(128 + ((value - 128) * 255 / 224.0), 0, 255), -1, 1);
        });
        Assert.Equal((0, 255, 128), (luma[16], luma[235], chroma[128]));
    }

    [Fact]
    public void The_vector_passes_and_their_scalar_twins_give_the_same_bytes() => Gen.Byte.Array[0, 200].Sample(samples =>
    {
        var plain = new byte[samples.Length];
        var vector = new byte[samples.Length];

        LumaRange.LumaScalar(samples, plain);
        var done = LumaRange.LumaVector(samples, vector);
        Assert.Equal(samples.Length & ~31, done);
        Assert.Equal(plain[..done], vector[..done]);

        LumaRange.ChromaScalar(samples, plain);
        done = LumaRange.ChromaVector(samples, vector);
        Assert.Equal(plain[..done], vector[..done]);
    });

    [Fact]
    public void A_stretched_frame_shows_the_same_colours() => PlanarFrames.Noise(70, 5).Sample((layout, _) =>
    {
        layout = layout with { Format = PixelFormat.I420 };
        var planes = PlanarFrames.Mild(layout, seed: layout.Width);
        var full = new byte[planes.Length];
        var expected = new byte[layout.Width * layout.Height * 3];
        var actual = new byte[expected.Length];

        LumaRange.Stretch(new FrameView(planes, layout), full);

        Yuv420.ToBgr(new FrameView(planes, layout), expected);
        Yuv420.ToBgr(new FrameView(full, layout with { Format = PixelFormat.I420Full }), actual);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.InRange(actual[i] - expected[i], -4, 4);
        }
    });
}
