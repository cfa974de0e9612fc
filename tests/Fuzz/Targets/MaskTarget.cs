using System.Numerics;
using System.Text;
using FaceEdge.Drawing;
using FaceEdge.Imaging;

namespace FaceEdge.Fuzz.Targets;

/// <summary>A camera's masks as they are written, after two bytes for the sides of a frame: refused, or all inside them is black, in every format.</summary>
internal sealed class MaskTarget : FuzzTarget
{
    private const int LongestSide = 96;

    private static readonly PixelFormat[] Formats = [PixelFormat.Bgr24, PixelFormat.I420, PixelFormat.I420Full];

    private readonly FramePool _pool = new();

    public override string Name => "masks";

    public override int MaxLength => 1024;

    public override IReadOnlyList<byte[]> Words { get; } = AsBytes(";", ",", " ", "0,0", "1,0", "1,1", "0,1", "0.5,0.5", ".5,1", "1e-1", "NaN", "-0", "0.00001,0", "\t", "0,0 1,0 1,1");

    public override IEnumerable<byte[]> Seeds()
    {
        foreach (var text in AsBytes("0,0 0.5,0 0.5,0.4 0,0.4; 0.8,0 1,0 1,1", "0.1,1 0.5,0 0.9,1 0,0.4 1,0.4", "0,0 1,0 1,1 0,1 0,0 1,0 1,1 0,1"))
        {
            yield return [40, 31, .. text];
        }
    }

    public override void Run(ReadOnlySpan<byte> input)
    {
        if (input.Length < 2 || !Polygon.TryParseList(Encoding.UTF8.GetString(input[2..]), out var polygons))
        {
            return;
        }

        var (width, height) = ((input[0] % LongestSide) + 1, (input[1] % LongestSide) + 1);
        foreach (var format in Formats)
        {
            using var frame = _pool.Rent(new FrameLayout(format, width, height));
            frame.Pixels.Fill(200);
            new FrameMask(polygons).Apply(frame);
            var luma = FramePlane.Of(frame, 0);
            var black = format == PixelFormat.I420 ? 16 : 0;
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    var point = new Vector2((x + 0.5f) / width, (y + 0.5f) / height);
                    Require(luma.Row(y)[x * luma.Channels] == black || !polygons.Any(polygon => GoesRound(polygon.Points, point)), $"nothing of {x},{y} shows in {format}");
                }
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        _pool.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Whether an outline goes round a point at least once (Sunday, "Inclusion of a point in a polygon").</summary>
    private static bool GoesRound(IReadOnlyList<Vector2> outline, Vector2 point)
    {
        var turns = 0;
        var from = outline[^1];
        foreach (var to in outline)
        {
            var side = ((double)(to.X - from.X) * (point.Y - from.Y)) - ((double)(to.Y - from.Y) * (point.X - from.X));
            turns += from.Y <= point.Y && to.Y > point.Y && side > 0 ? 1 : from.Y > point.Y && to.Y <= point.Y && side < 0 ? -1 : 0;
            from = to;
        }

        return turns != 0;
    }
}
