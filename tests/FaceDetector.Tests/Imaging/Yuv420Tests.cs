using CsCheck;
using FaceEdge.Imaging;

namespace FaceEdge.Tests.Imaging;

public sealed class Yuv420Tests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Colours_are_within_two_levels_of_the_exact_formula(bool fullRange)
    {
        var layout = new FrameLayout(fullRange ? PixelFormat.I420Full : PixelFormat.I420, 16, 2);
        Gen.Byte.Array[layout.ByteCount].Sample(planes =>
        {
            var bgr = new byte[16 * 2 * 3];
            Yuv420.ToBgr(new FrameView(planes, layout), bgr);
            for (var i = 0; i < 32; i++)
            {
                // Chroma of 0, which no encoder writes, is taken as 1 to keep products in 16 bits.
                var chroma = i % 16 / 2;
                var exact = Exact(planes[i], Math.Max(planes[32 + chroma], (byte)1), Math.Max(planes[40 + chroma], (byte)1), fullRange);
                Assert.InRange(Math.Abs(bgr[i * 3] - exact.Blue), 0, 2);
                Assert.InRange(Math.Abs(bgr[(i * 3) + 1] - exact.Green), 0, 2);
                Assert.InRange(Math.Abs(bgr[(i * 3) + 2] - exact.Red), 0, 2);
            }
        });
    }

    [Fact]
    public void The_vector_pass_and_its_scalar_twin_give_the_same_bytes() =>
        PlanarFrames.Noise(70, 5).Sample((layout, planes) =>
        {
            var frame = new FrameView(planes, layout);
            var actual = new byte[layout.Width * layout.Height * 3];
            Yuv420.ToBgr(frame, actual);

            var expected = new byte[actual.Length];
            var matrix = layout.Format == PixelFormat.I420Full ? Yuv420.Coefficients.Full : Yuv420.Coefficients.Limited;
            for (var y = 0; y < layout.Height; y++)
            {
                var row = y / 2 * layout.ChromaWidth;
                Yuv420.RowScalar(
                    frame.Row(y),
                    frame.Cb.Slice(row, layout.ChromaWidth),
                    frame.Cr.Slice(row, layout.ChromaWidth),
                    expected.AsSpan(y * layout.Width * 3, layout.Width * 3),
                    matrix);
            }

            Assert.Equal(expected, actual);
        });

    private static (double Blue, double Green, double Red) Exact(byte y, byte cb, byte cr, bool fullRange)
    {
        var luma = fullRange ? y : (y - 16) * 255 / 219.0;
        var scale = fullRange ? 1 : 255 / 224.0;
        var (u, v) = ((cb - 128) * scale, (cr - 128) * scale);
        return (
            Math.Clamp(luma + (1.772 * u), 0, 255),
            Math.Clamp(luma - (0.344136 * u) - (0.714136 * v), 0, 255),
            Math.Clamp(luma + (1.402 * v), 0, 255));
    }
}
