using System.Numerics;
using CsCheck;
using FaceEdge.Drawing;
using FaceEdge.Imaging;

namespace FaceEdge.Tests.Drawing;

public sealed class FrameMaskTests
{
    [Fact]
    public void What_lies_in_a_polygon_is_black_and_what_lies_away_from_it_is_not() => Gen.Select(Gen.Int[2, 80], Gen.Int[2, 60], Triangle()).Sample(
        (width, height, triangle) =>
        {
            using var pool = new FramePool();
            using var frame = pool.Rent(width, height);
            frame.Pixels.Fill(200);

            new FrameMask([new Polygon(triangle)]).Apply(frame);

            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    var value = frame.Pixels[(y * frame.Stride) + (x * 3)];
                    var distance = Outside(triangle, new Vector2((x + 0.5f) / width, (y + 0.5f) / height), new Vector2(width, height));
                    Assert.True(distance > 0 || value == 0, $"{x},{y} is inside and shows");
                    Assert.True(distance < 6 || value == 200, $"{x},{y} is {distance} pixels away and black");
                }
            }
        });

    [Theory]
    [InlineData(nameof(PixelFormat.I420), 16)]
    [InlineData(nameof(PixelFormat.I420Full), 0)]
    public void No_colour_is_left_in_planes(string format, byte black)
    {
        using var pool = new FramePool();
        using var frame = pool.Rent(new FrameLayout(Enum.Parse<PixelFormat>(format), 41, 33));
        frame.Pixels.Fill(200);

        new FrameMask([new Polygon([new(0, 0), new(0.7f, 0.1f), new(1, 1), new(0.1f, 1)])]).Apply(frame);

        // A third of the way along the diagonal lies inside.
        Assert.Equal(
            (black, (byte)128, (byte)128),
            (FramePlane.Of(frame, 0).Row(14)[15], FramePlane.Of(frame, 1).Row(7)[7], FramePlane.Of(frame, 2).Row(7)[7]));
    }

    [Fact]
    public void A_mask_follows_the_size_of_the_frames()
    {
        using var pool = new FramePool();
        var mask = new FrameMask([new Polygon([new(0, 0), new(1, 0), new(1, 0.5f), new(0, 0.5f)])]);
        foreach (var (width, height) in new[] { (40, 20), (13, 31), (40, 20) })
        {
            using var frame = pool.Rent(width, height);
            frame.Pixels.Fill(200);

            mask.Apply(frame);

            Assert.Equal((0, 200), (frame.Pixels[0], frame.Pixels[^1]));
        }
    }

    [Theory]
    [InlineData("0,0 1,0 1,1 0,1 0,0 1,0 1,1 0,1")]
    [InlineData("0.1,1 0.5,0 0.9,1 0,0.4 1,0.4")]
    public void An_outline_that_goes_round_twice_leaves_no_hole(string outline)
    {
        using var pool = new FramePool();
        using var frame = pool.Rent(100, 100);
        frame.Pixels.Fill(200);
        Assert.True(Polygon.TryParseList(outline, out var polygons));

        new FrameMask(polygons).Apply(frame);

        Assert.Equal(0, frame.Pixels[(55 * frame.Stride) + (50 * 3)]);
    }

    [Theory]
    [InlineData("0,0 0.5,0 0.5,0.5", 1)]
    [InlineData("0,0 .5,0 .5,.5 ; 1,1 0,1 1,0;", 2)]
    public void Polygons_are_read(string text, int count)
    {
        Assert.True(Polygon.TryParseList(text, out var polygons));
        Assert.Equal(count, polygons.Count);
    }

    [Theory]
    [InlineData("0,0 1,1")]
    [InlineData("0,0 1,0 1,1.1")]
    [InlineData("0,0 1,0 -0.1,1")]
    [InlineData("0,0 1,0 1")]
    [InlineData("0,0 1,0 1,NaN")]
    [InlineData(";")]
    [InlineData("0,0 0,0 0,0")]
    [InlineData("0,0 1,0 0.5,0")]
    [InlineData("0.1,0.1 0.2,0.2 0.3,0.3; 0,0 1,0 1,1")]
    public void What_is_no_polygon_is_refused(string text) => Assert.False(Polygon.TryParseList(text, out _));

    private static Gen<Vector2[]> Triangle() => Gen.Select(Gen.Float[0, 1], Gen.Float[0, 1]).Select((x, y) => new Vector2(x, y)).Array[3];

    /// <summary>How many pixels a point lies outside a triangle; 0 or less inside.</summary>
    private static float Outside(Vector2[] triangle, Vector2 point, Vector2 scale)
    {
        var (a, b, c, p) = (triangle[0] * scale, triangle[1] * scale, triangle[2] * scale, point * scale);
        var (one, two, three) = (Side(a, b, p), Side(b, c, p), Side(c, a, p));
        var inside = Side(a, b, c) != 0 && ((one >= 0 && two >= 0 && three >= 0) || (one <= 0 && two <= 0 && three <= 0));
        return inside ? 0 : MathF.Min(Distance(a, b, p), MathF.Min(Distance(b, c, p), Distance(c, a, p)));

        static float Side(Vector2 from, Vector2 to, Vector2 point) => ((to.X - from.X) * (point.Y - from.Y)) - ((to.Y - from.Y) * (point.X - from.X));
    }

    private static float Distance(Vector2 from, Vector2 to, Vector2 point)
    {
        var along = to - from;
        var share = along == Vector2.Zero ? 0 : Math.Clamp(Vector2.Dot(point - from, along) / along.LengthSquared(), 0, 1);
        return Vector2.Distance(point, from + (share * along));
    }
}
