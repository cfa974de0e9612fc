using CsCheck;
using FaceEdge.Detection;
using FaceEdge.Imaging;
using FaceEdge.Models;
using FaceEdge.Tests.Imaging;

namespace FaceEdge.Tests.Detection;

public sealed class PreprocessorTests
{
    private static readonly Gen<(int Width, int Height, int Slack, int Seed)> Frames =
        Gen.Select(Gen.Int[1, 400], Gen.Int[1, 300], Gen.Int[0, 40], Gen.Int);

    [Fact]
    public void The_vector_path_and_its_scalar_twin_agree_to_the_last_bit()
        => Gen.Select(Frames, Gen.OneOf(32, 64, 96, 160), Gen.OneOf(32, 64, 224)).Sample(
            (size, width, height) =>
            {
                var frame = TestFrame.Noise(size.Width, size.Height, size.Slack, size.Seed);
                var preprocessor = new Preprocessor(size.Width, size.Height, new InputShape(width, height));
                var plain = new float[width * height * 3];
                var vector = new float[width * height * 3];

                preprocessor.Run<ScalarRowKernel>(frame.View, plain);
                preprocessor.Run<VectorRowKernel>(frame.View, vector);

                Assert.Equal(plain, vector);
            },
            iter: 200);

    [Fact]
    public void Of_planes_the_vector_path_and_its_scalar_twin_agree_to_the_last_bit()
        => Gen.Select(PlanarFrames.Noise(300, 200), Gen.OneOf(32, 64, 96, 160), Gen.OneOf(32, 64, 224)).Sample(
            (frame, width, height) =>
            {
                var preprocessor = new Preprocessor(frame.Layout.Width, frame.Layout.Height, new InputShape(width, height));
                var plain = new float[width * height * 3];
                var vector = new float[width * height * 3];

                preprocessor.Run<ScalarRowKernel>(new FrameView(frame.Planes, frame.Layout), plain);
                preprocessor.Run<VectorRowKernel>(new FrameView(frame.Planes, frame.Layout), vector);

                Assert.Equal(plain, vector);
            },
            iter: 100);

    [Fact]
    public void Squares_of_samples_are_averaged_as_in_two_passes()
        => Gen.Select(Gen.Int[1, 70], Gen.OneOf(Gen.Const(2), Gen.Const(4)), Gen.Int).Sample(
            (width, side, seed) =>
            {
                var samples = new byte[side * width * side];
                new Random(seed).NextBytes(samples);
                var row = new float[(width * side) + Preprocessor.RowSlack];
                var twoPasses = new float[width];
                var plain = new float[width];
                var vector = new float[width];

                ScalarRowKernel.Average(samples, width * side, side, row, width * side);
                ScalarRowKernel.ResizePlane(row, ResizeTaps.Create(width * side, width), twoPasses);
                ScalarRowKernel.AverageSquares(samples, width * side, side, plain);
                VectorRowKernel.AverageSquares(samples, width * side, side, vector);

                Assert.Equal(twoPasses, plain);
                Assert.Equal(plain, vector);
            },
            iter: 200);

    [Theory]
    [InlineData(nameof(PixelFormat.I420))]
    [InlineData(nameof(PixelFormat.I420Full))]
    public void Planes_give_the_model_what_the_same_frame_in_BGR_gives(string format)
        => Gen.Select(Gen.Int[1, 400], Gen.Int[1, 300], Gen.OneOf(32, 64, 96), Gen.OneOf(32, 64, 224)).Sample(
            (width, height, inputWidth, inputHeight) =>
            {
                var layout = new FrameLayout(Enum.Parse<PixelFormat>(format), width, height);
                var preprocessor = new Preprocessor(width, height, new InputShape(inputWidth, inputHeight));
                var planes = PlanarFrames.Mild(layout, seed: width);
                if (preprocessor.Letterbox is { Width: var w, Height: var h } && (w >= width || h >= height))
                {
                    // Enlarging, chroma is drawn out evenly here and in steps of two pixels there: only one colour is the same in both.
                    planes.AsSpan(layout.FirstPlaneBytes).Fill(140);
                }

                var planar = new FrameView(planes, layout);
                var bgr = new byte[width * height * 3];
                Yuv420.ToBgr(planar, bgr);
                var expected = new float[inputWidth * inputHeight * 3];
                var actual = new float[expected.Length];

                preprocessor.Run(new FrameView(bgr, width, height, width * 3), expected);
                preprocessor.Run(planar, actual);

                for (var i = 0; i < expected.Length; i++)
                {
                    Assert.InRange(actual[i] - expected[i], -2, 2);
                }
            },
            iter: 60);

    [Fact]
    public void The_128_bit_loop_agrees_with_the_scalar_twin()
        => Gen.Select(Gen.Int[1, 600], Gen.Int[1, 9], Gen.Int).Sample(
            (length, rows, seed) =>
            {
                var taps = ResizeTaps.Create(rows, 1);
                var bytes = TestFrame.Noise((length + 2) / 3, rows, 7, seed).View;
                var plain = new float[length];
                var vector = new float[length];

                ScalarRowKernel.ResizeVertical(bytes.Pixels, bytes.Stride, taps.FixedWeights, plain, length);
                var done = VectorRowKernel.ResizeVertical128(bytes.Pixels, bytes.Stride, taps.FixedWeights, vector, length);

                Assert.Equal(length & ~15, done);
                Assert.Equal(plain[..done], vector[..done]);
            },
            iter: 200);

    [Fact]
    public void A_frame_of_the_input_s_size_is_only_parted_into_planes()
    {
        var frame = TestFrame.Noise(64, 32, 3, 7);
        var planes = new float[64 * 32 * 3];

        new Preprocessor(64, 32, new InputShape(64, 32)).Run(frame.View, planes);

        for (var i = 0; i < 64 * 32; i++)
        {
            var pixel = frame.View.Row(i / 64).Slice(i % 64 * 3, 3);
            Assert.Equal([pixel[0], pixel[1], pixel[2]], [planes[i], planes[2048 + i], planes[4096 + i]]);
        }
    }

    [Fact]
    public void Shrinking_averages_all_pixels_that_a_target_pixel_covers()
    {
        var frame = new TestFrame(128, 128).Fill(4, 8, 1, 1, 160, 0, 32);
        var planes = new float[32 * 32 * 3];

        new Preprocessor(128, 128, new InputShape(32, 32)).Run(frame.View, planes);

        Assert.Equal(10f, planes[(2 * 32) + 1]);
        Assert.Equal(2f, planes[2048 + (2 * 32) + 1]);
        Assert.Equal(12f, planes.Sum());
    }

    [Fact]
    public void Beside_the_frame_nothing_is_written()
    {
        var frame = new TestFrame(100, 30).Fill(0, 0, 100, 30, 9, 9, 9);
        var planes = new float[64 * 32 * 3];
        planes.AsSpan().Fill(-1);

        new Preprocessor(100, 30, new InputShape(64, 32)).Run(frame.View, planes);

        for (var y = 0; y < 32; y++)
        {
            Assert.All(planes[(y * 64)..((y + 1) * 64)], value => Assert.Equal(y < 19 ? 9f : -1f, value, 1e-4f));
        }
    }

    [Fact]
    public void A_frame_of_another_size_is_refused()
        => Assert.Throws<ArgumentException>(
            () => new Preprocessor(64, 64, new InputShape(32, 32)).Run(new TestFrame(64, 63).View, new float[32 * 32 * 3]));
}
