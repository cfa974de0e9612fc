using FaceEdge.Evaluation.Comparison;
using FaceEdge.Imaging;
using FaceEdge.Imaging.Portable;
using FaceEdge.Tests.Detection;

namespace FaceEdge.Tests.Evaluation.Comparison;

public sealed class ThumbnailTests
{
    [Theory]
    [InlineData(640, 300, 640, 300)]
    [InlineData(1281, 700, 427, 233)]
    [InlineData(900, 1, 900, 1)]
    public void A_large_picture_is_reduced_by_a_whole_factor(int width, int height, int expectedWidth, int expectedHeight)
    {
        using var pool = new FramePool();
        using var frame = new TestFrame(width, height).Fill(0, 0, width, height, 200, 100, 50).ToFrame(pool);

        using var small = PortableBackend.Create().Decode(Thumbnail.Encode(frame, PortableBackend.Create(), pool).Span, ImageLimits.Default, pool);

        Assert.Equal((expectedWidth, expectedHeight), (small.Width, small.Height));
        Assert.InRange(small.Pixels[0], 195, 205);
    }
}
