using CsCheck;
using FaceEdge.Imaging;

namespace FaceEdge.Tests.Imaging;

public sealed class FrameTransformTests
{
    [Fact]
    public void Every_pixel_is_where_turning_mirroring_and_cutting_put_it() => Gen.Select(
        Gen.OneOf(Gen.Const(PixelFormat.Bgr24), Gen.Const(PixelFormat.I420Full)), Gen.Int[1, 45], Gen.Int[1, 45], Gen.Int[0, 3], Gen.Bool, Crop()).Sample(
        (format, halfWidth, halfHeight, quarters, mirror, crop) =>
        {
            // Even sides, as cameras have: each sample of colour turns with its pixels.
            var layout = new FrameLayout(format, 2 * halfWidth, 2 * halfHeight);
            using var pool = new FramePool();
            using var viewed = new FramePool();
            var frame = pool.Rent(layout);
            new Random(halfWidth).NextBytes(frame.Pixels);
            using var original = frame.AddReference();

            using var view = new FrameTransform(90 * quarters, mirror, crop).Apply(frame, viewed);

            var (width, height) = quarters % 2 == 0 ? (layout.Width, layout.Height) : (layout.Height, layout.Width);
            var (left, top) = (Even(crop.X, width), Even(crop.Y, height));
            for (var i = 0; i < FramePlane.CountOf(view); i++)
            {
                var from = FramePlane.Of(original, i);
                var to = FramePlane.Of(view, i);
                for (var y = 0; y < to.Height; y++)
                {
                    for (var x = 0; x < to.Width; x++)
                    {
                        var (sourceX, sourceY) = Source(x + (left / to.Scale), y + (top / to.Scale), width / to.Scale, height / to.Scale, quarters, mirror);
                        Assert.Equal(from.Row(sourceY)[sourceX * from.Channels], to.Row(y)[x * to.Channels]);
                    }
                }
            }
        });

    [Fact]
    public void A_frame_that_is_to_be_seen_as_it_is_is_not_copied()
    {
        using var pool = new FramePool();
        using var frame = pool.Rent(8, 6);

        Assert.Same(frame, new FrameTransform(0, false, CropRegion.Whole).Apply(frame, pool));
    }

    [Theory]
    [InlineData("0.25,0,0.5,1")]
    [InlineData(" 0, 0, 1, 1 ")]
    [InlineData("0.1,0.2,0.9,0.8")]
    public void Parts_are_read(string text) => Assert.True(CropRegion.TryParse(text, out _));

    [Theory]
    [InlineData("0.5,0,0.6,1")]
    [InlineData("0,0,0,1")]
    [InlineData("0,0,1")]
    [InlineData("-0.1,0,1,1")]
    [InlineData("0,0,1,NaN")]
    public void What_is_no_part_of_a_frame_is_refused(string text) => Assert.False(CropRegion.TryParse(text, out _));

    private static Gen<CropRegion> Crop() => Gen.Select(Gen.Double[0, 0.9], Gen.Double[0, 0.9], Gen.Double[0.01, 1], Gen.Double[0.01, 1])
        .Select((x, y, width, height) => new CropRegion(x, y, Math.Min(width, 1 - x), Math.Min(height, 1 - y)));

    private static int Even(double part, int side) => Math.Min((int)Math.Round(part * side), side - 1) / 2 * 2;

    /// <summary>Where a place of the turned frame lies in the one that was taken.</summary>
    private static (int X, int Y) Source(int x, int y, int width, int height, int quarters, bool mirror)
    {
        x = mirror ? width - 1 - x : x;
        return quarters switch
        {
            0 => (x, y),
            1 => (y, width - 1 - x),
            2 => (width - 1 - x, height - 1 - y),
            _ => (height - 1 - y, x),
        };
    }
}
