using FaceEdge.Imaging;
using FaceEdge.Streaming;

namespace FaceEdge.Tests.Streaming;

public sealed class MotionWatchTests
{
    private static readonly FrameLayout Planar = new(PixelFormat.I420, 640, 360);

    [Theory]
    [InlineData(nameof(PixelFormat.I420))]
    [InlineData(nameof(PixelFormat.Bgr24))]
    public void Noise_is_no_motion_and_somebody_who_steps_in_is(string format)
    {
        var layout = Planar with { Format = Enum.Parse<PixelFormat>(format) };
        var watch = new MotionWatch();

        Assert.False(watch.Look(new FrameView(Noise(layout, 1), layout)));
        Assert.False(watch.Look(new FrameView(Noise(layout, 2), layout)));
        Assert.True(watch.Look(new FrameView(WithFigure(Noise(layout, 3), layout, 200), layout)));
        Assert.True(watch.Look(new FrameView(WithFigure(Noise(layout, 4), layout, 260), layout)));
        Assert.False(watch.Look(new FrameView(WithFigure(Noise(layout, 5), layout, 260), layout)));
    }

    [Fact]
    public void A_frame_smaller_than_the_grid_is_looked_at_too()
    {
        var layout = new FrameLayout(PixelFormat.I420, 3, 2);

        Assert.False(new MotionWatch().Look(new FrameView(new byte[layout.ByteCount], layout)));
    }

    /// <summary>Grey with the noise of a sensor at dusk.</summary>
    private static byte[] Noise(FrameLayout layout, int seed)
    {
        var random = new Random(seed);
        var pixels = new byte[layout.ByteCount];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)(100 + random.Next(-12, 13));
        }

        return pixels;
    }

    private static byte[] WithFigure(byte[] pixels, FrameLayout layout, int left)
    {
        for (var y = 100; y < 220; y++)
        {
            var bytes = layout.Stride / layout.Width;
            pixels.AsSpan((y * layout.Stride) + (left * bytes), 40 * bytes).Fill(160);
        }

        return pixels;
    }
}
