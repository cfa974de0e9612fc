using CsCheck;
using FaceEdge.Detection;
using FaceEdge.Drawing;
using FaceEdge.Imaging;

namespace FaceEdge.Tests.Detection;

public sealed class FrameScalerTests
{
    [Fact]
    public void The_vector_path_and_its_scalar_twin_agree_to_the_last_bit()
        => Gen.Select(Gen.Int[1, 400], Gen.Int[1, 300], Gen.Int[1, 400], Gen.OneOf(PixelFormat.Bgr24, PixelFormat.I420, PixelFormat.I420Full), Gen.Int).Sample(
            (width, height, target, format, seed) =>
            {
                var layout = new FrameLayout(format, width, height);
                var noise = new byte[layout.ByteCount];
                new Random(seed).NextBytes(noise);
                var scaler = new FrameScaler(layout, Math.Min(target, width));
                using var pool = new FramePool();
                using var plain = pool.Rent(scaler.Target);
                using var vector = pool.Rent(scaler.Target);

                scaler.Run<ScalarRowKernel>(new FrameView(noise, layout), plain);
                scaler.Run<VectorRowKernel>(new FrameView(noise, layout), vector);

                Assert.Equal(plain.Pixels, vector.Pixels);
            },
            iter: 300);

    [Theory]
    [InlineData(nameof(PixelFormat.Bgr24), 1280, 720, 480, 270)]
    [InlineData(nameof(PixelFormat.I420), 1280, 720, 480, 270)]
    [InlineData(nameof(PixelFormat.I420Full), 719, 1281, 640, 1140)]
    [InlineData(nameof(PixelFormat.Bgr24), 1000, 1, 480, 1)]
    public void The_result_keeps_the_frame_s_shape_and_colour(string format, int width, int height, int target, int expected)
    {
        using var pool = new FramePool();
        using var frame = pool.Rent(new FrameLayout(Enum.Parse<PixelFormat>(format), width, height));
        PixelCanvas.Over(frame).Fill(0, 0, width, height, Colour.BoxGreen);
        var scaler = new FrameScaler(frame.Layout, target);
        using var shrunk = pool.Rent(scaler.Target);

        scaler.Run(frame.View, shrunk);

        Assert.Equal((target, expected), (shrunk.Width, shrunk.Height));
        using var ground = pool.Rent(scaler.Target);
        PixelCanvas.Over(ground).Fill(0, 0, target, expected, Colour.BoxGreen);
        for (var i = 0; i < shrunk.ByteCount; i++)
        {
            Assert.InRange(shrunk.Pixels[i], ground.Pixels[i] - 2, ground.Pixels[i] + 2);
        }
    }

    [Fact]
    public void Each_pixel_is_the_mean_of_those_that_it_covers()
    {
        var frame = new TestFrame(960, 540).Fill(2, 2, 1, 1, 200, 100, 40);
        var scaler = new FrameScaler(new FrameLayout(PixelFormat.Bgr24, 960, 540), 480);
        using var pool = new FramePool();
        using var shrunk = pool.Rent(scaler.Target);

        scaler.Run(frame.View, shrunk);

        var at = (1 * shrunk.Stride) + (1 * 3);
        Assert.Equal((50, 25, 10), (shrunk.Pixels[at], shrunk.Pixels[at + 1], shrunk.Pixels[at + 2]));
        Assert.Equal(85, shrunk.Pixels.ToArray().Sum(value => value));
    }
}
