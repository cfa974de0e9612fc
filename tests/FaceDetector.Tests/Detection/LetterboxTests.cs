using CsCheck;
using FaceEdge.Detection;
using FaceEdge.Models;

namespace FaceEdge.Tests.Detection;

public sealed class LetterboxTests
{
    private static readonly Gen<(int Width, int Height)> Sizes = Gen.Select(Gen.Int[1, 8000], Gen.Int[1, 8000]);

    [Fact]
    public void A_frame_fits_its_input_and_its_corner_comes_back_to_its_corner()
        => Gen.Select(Sizes, Gen.Int[2, 40]).Sample((frame, cells) =>
        {
            var input = InputShape.Around(frame.Width, frame.Height, cells * InputShape.Grain);
            var letterbox = Letterbox.Fit(frame.Width, frame.Height, input);

            Assert.InRange(letterbox.Width, 1, input.Width);
            Assert.InRange(letterbox.Height, 1, input.Height);
            Assert.Equal(frame.Width, letterbox.Width * letterbox.ScaleX, 0.01f);
            Assert.Equal(frame.Height, letterbox.Height * letterbox.ScaleY, 0.01f);
            Assert.True(letterbox.Width == input.Width || letterbox.Height == input.Height);
        });

    [Fact]
    public void The_aspect_is_kept_to_half_a_pixel()
        => Sizes.Sample(frame =>
        {
            var letterbox = Letterbox.Fit(frame.Width, frame.Height, new InputShape(320, 320));
            var scale = Math.Min(320.0 / frame.Width, 320.0 / frame.Height);

            Assert.InRange(letterbox.Width, Math.Min(1, (frame.Width * scale) - 0.5), Math.Max(1, (frame.Width * scale) + 0.5));
            Assert.InRange(letterbox.Height, Math.Min(1, (frame.Height * scale) - 0.5), Math.Max(1, (frame.Height * scale) + 0.5));
        });

    [Theory]
    [InlineData(1280, 720, "320x192")]
    [InlineData(720, 1280, "192x320")]
    [InlineData(640, 480, "320x256")]
    [InlineData(416, 416, "320x320")]
    [InlineData(5000, 10, "320x32")]
    public void The_input_is_the_smallest_multiple_of_32_that_holds_the_frame(int width, int height, string expected)
        => Assert.Equal(expected, InputShape.Around(width, height, 320).ToString());
}
