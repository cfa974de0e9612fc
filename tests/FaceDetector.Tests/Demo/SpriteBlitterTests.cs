using CsCheck;
using FaceEdge.Demo.Painting;
using SkiaSharp;

namespace FaceEdge.Tests.Demo;

public sealed class SpriteBlitterTests
{
    private const int SourceSide = 12;
    private const int TargetSide = 40;

    /// <summary>Whole numbers in the blitter lose at most a level at each of three roundings.</summary>
    private const int Tolerance = 4;

    [Fact]
    public void It_agrees_with_plain_bilinear_arithmetic_wherever_the_sprite_lies() =>
        Gen.Select(Gen.Float[-3.2f, 3.2f], Gen.Float[0.5f, 2.5f], Gen.Float[-20, 60], Gen.Float[-20, 60], Gen.Int[0, 1000]).Sample((angle, scale, x, y, seed) =>
        {
            var source = AnySprite(seed);
            var matrix = SKMatrix.CreateRotation(angle).PostConcat(SKMatrix.CreateScale(scale, scale)).PostConcat(SKMatrix.CreateTranslation(x, y));
            var target = new uint[TargetSide * TargetSide];
            Array.Fill(target, 0xFF_80_60_40);

            SpriteBlitter.Draw(source, SourceSide, target, TargetSide, matrix);

            Assert.True(matrix.TryInvert(out var back));
            for (var i = 0; i < target.Length; i++)
            {
                var point = back.MapPoint((i % TargetSide) + 0.5f, (i / TargetSide) + 0.5f);
                AssertNear(Plain(source, point.X - 0.5f, point.Y - 0.5f), target[i]);
            }
        });

    [Fact]
    public void An_unmoved_sprite_is_copied_and_nothing_beside_it_touched()
    {
        var source = AnySprite(1);
        var target = new uint[TargetSide * TargetSide];

        SpriteBlitter.Draw(source, SourceSide, target, TargetSide, SKMatrix.CreateTranslation(5, 7));

        for (var y = 0; y < TargetSide; y++)
        {
            for (var x = 0; x < TargetSide; x++)
            {
                var inside = x is >= 5 and < 5 + SourceSide && y is >= 7 and < 7 + SourceSide;
                Assert.Equal(inside ? source[((y - 7) * SourceSide) + x - 5] : 0, target[(y * TargetSide) + x]);
            }
        }
    }

    /// <summary>Premultiplied, with the transparent rim that a sprite has.</summary>
    private static uint[] AnySprite(int seed)
    {
        var random = new Random(seed);
        var pixels = new uint[SourceSide * SourceSide];
        for (var y = 1; y < SourceSide - 1; y++)
        {
            for (var x = 1; x < SourceSide - 1; x++)
            {
                var alpha = (uint)random.Next(256);
                pixels[(y * SourceSide) + x] = (alpha << 24) | ((uint)random.Next((int)alpha + 1) << 16) | ((uint)random.Next((int)alpha + 1) << 8) | (uint)random.Next((int)alpha + 1);
            }
        }

        return pixels;
    }

    private static float[] Plain(uint[] source, float u, float v)
    {
        var (left, top) = ((int)MathF.Floor(u), (int)MathF.Floor(v));
        var (right, down) = (u - left, v - top);
        var channels = new float[4];
        for (var channel = 0; channel < 4; channel++)
        {
            channels[channel] =
                ((At(left, top) * (1 - right)) + (At(left + 1, top) * right)) * (1 - down)
                + (((At(left, top + 1) * (1 - right)) + (At(left + 1, top + 1) * right)) * down);

            float At(int x, int y) =>
                x is >= 0 and < SourceSide && y is >= 0 and < SourceSide ? (source[(y * SourceSide) + x] >> (8 * channel)) & 0xFF : 0;
        }

        return channels;
    }

    private static void AssertNear(float[] sprite, uint actual)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            var under = (0xFF_80_60_40 >> (8 * channel)) & 0xFF;
            var expected = sprite[channel] + (under * (1 - (sprite[3] / 255)));
            Assert.InRange((actual >> (8 * channel)) & 0xFF, expected - Tolerance, expected + Tolerance);
        }
    }
}
