using CsCheck;
using FaceEdge.Detection;
using FaceEdge.Drawing;
using FaceEdge.Imaging;
using FaceEdge.Tests.Detection;

namespace FaceEdge.Tests.Drawing;

public sealed class MosaicTests
{
    private static readonly Gen<(FrameLayout Layout, Box Region, float Cell, int Seed)> AnyCase = Gen.Select(
        Gen.Select(Gen.OneOf(Gen.Const(PixelFormat.Bgr24), Gen.Const(PixelFormat.I420), Gen.Const(PixelFormat.I420Full)), Gen.Int[1, 90], Gen.Int[1, 90]).Select(
            (format, width, height) => new FrameLayout(format, width, height)),
        Gen.Select(Gen.Float[-40, 90], Gen.Float[-40, 90], Gen.Float[0, 120], Gen.Float[0, 120]).Select((x, y, width, height) => new Box(x, y, width, height)),
        Gen.Float[1, 50],
        Gen.Int[0, 10_000]);

    [Fact]
    public void Whatever_lies_under_it_no_two_neighbours_differ_by_more_than_a_cell_lets() => AnyCase.Sample((layout, region, cell, seed) =>
    {
        using var pool = new FramePool();
        using var frame = Noise(pool, layout, seed);

        Mosaic.Cover(frame, region, cell);

        for (var i = 0; i < FramePlane.CountOf(frame); i++)
        {
            var plane = FramePlane.Of(frame, i);
            var (left, top, right, bottom) = Inner(region, plane);
            var steepest = (int)(255 / Math.Max(1, cell / plane.Scale)) + 2;
            for (var y = top; y < bottom; y++)
            {
                for (var x = left * plane.Channels; x < right * plane.Channels; x++)
                {
                    var next = Math.Min(x + plane.Channels, ((right - 1) * plane.Channels) + (x % plane.Channels));
                    Assert.InRange(Math.Abs(plane.Row(y)[x] - plane.Row(y)[next]), 0, steepest);
                    Assert.InRange(Math.Abs(plane.Row(y)[x] - plane.Row(Math.Min(y + 1, bottom - 1))[x]), 0, steepest);
                }
            }
        }
    });

    [Fact]
    public void Nothing_beside_the_region_is_touched() => AnyCase.Sample((layout, region, cell, seed) =>
    {
        using var pool = new FramePool();
        using var before = Noise(pool, layout, seed);
        using var after = Noise(pool, layout, seed);

        Mosaic.Cover(after, region, cell);

        for (var i = 0; i < FramePlane.CountOf(after); i++)
        {
            var plane = FramePlane.Of(after, i);
            var (left, top, right, bottom) = Inner(region, plane);
            for (var y = 0; y < plane.Height; y++)
            {
                for (var x = 0; x < plane.Width * plane.Channels; x++)
                {
                    var inside = y >= top && y < bottom && x / plane.Channels >= left && x / plane.Channels < right;
                    Assert.True(inside || FramePlane.Of(before, i).Row(y)[x] == plane.Row(y)[x], $"plane {i} at {x / plane.Channels},{y} was touched");
                }
            }
        }
    });

    /// <summary>What is not kept cannot be brought back: two frames that differ in all but their cells' mean colours look the same.</summary>
    [Fact]
    public void Only_the_mean_of_each_cell_is_left() => Gen.Select(Gen.Int[1, 6], Gen.Int[1, 6], Gen.Int[2, 12], Gen.Int[0, 10_000]).Sample((columns, rows, cell, seed) =>
    {
        using var pool = new FramePool();
        using var one = TestFrame.Noise(columns * cell, rows * cell, 0, seed).ToFrame(pool);
        using var other = pool.Rent(columns * cell, rows * cell);
        var random = new Random(seed);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                Shuffle(one, other, column * cell, row * cell, cell, random);
            }
        }

        var whole = new Box(0, 0, columns * cell, rows * cell);
        Mosaic.Cover(one, whole, cell);
        Mosaic.Cover(other, whole, cell);

        Assert.Equal(one.Pixels.ToArray(), other.Pixels.ToArray());
    });

    private static void Shuffle(Frame from, Frame to, int left, int top, int cell, Random random)
    {
        var places = Enumerable.Range(0, cell * cell).ToArray();
        random.Shuffle(places);
        for (var i = 0; i < places.Length; i++)
        {
            var source = ((top + (i / cell)) * from.Stride) + ((left + (i % cell)) * 3);
            var target = ((top + (places[i] / cell)) * to.Stride) + ((left + (places[i] % cell)) * 3);
            from.Pixels.Slice(source, 3).CopyTo(to.Pixels[target..]);
        }
    }

    private static Frame Noise(FramePool pool, FrameLayout layout, int seed)
    {
        var frame = pool.Rent(layout);
        new Random(seed).NextBytes(frame.Pixels);
        return frame;
    }

    private static (int Left, int Top, int Right, int Bottom) Inner(Box region, in FramePlane plane) => (
        (int)MathF.Floor(Math.Clamp(region.X / plane.Scale, 0, plane.Width)),
        (int)MathF.Floor(Math.Clamp(region.Y / plane.Scale, 0, plane.Height)),
        (int)MathF.Ceiling(Math.Clamp(region.Right / plane.Scale, 0, plane.Width)),
        (int)MathF.Ceiling(Math.Clamp(region.Bottom / plane.Scale, 0, plane.Height)));
}
