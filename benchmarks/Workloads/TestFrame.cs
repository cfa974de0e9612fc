using FaceEdge.Demo;
using FaceEdge.Demo.Painting;
using FaceEdge.Drawing;
using FaceEdge.Imaging;

namespace FaceEdge.Benchmarks.Workloads;

/// <summary>Frames to measure with: the demo scene at one moment, the same on every machine.</summary>
internal static class TestFrame
{
    public const int Width = 1280;
    public const int Height = 720;
    public const int Faces = 6;

    private const int Seed = 1;
    private const double Moment = 2.0;

    /// <summary>The caller disposes the frame.</summary>
    public static Frame Create(FramePool pool, int width = Width, int height = Height)
    {
        var frame = pool.Rent(width, height);
        using var painter = new DemoPainter(new DemoScene(DemoSettings.Default with { Width = width, Height = height, Faces = Faces, Seed = Seed }));
        painter.Paint(Moment, frame);
        return frame;
    }

    /// <summary>The same frame in planes, as a video's frames are; the caller disposes the frame.</summary>
    /// <param name="pool">Lends it.</param>
    /// <param name="format">Planar.</param>
    public static Frame CreatePlanes(FramePool pool, PixelFormat format)
    {
        using var bgr = Create(pool);
        var layout = bgr.Layout with { Format = format };
        var planes = pool.Rent(layout);
        for (var y = 0; y < bgr.Height; y++)
        {
            for (var x = 0; x < bgr.Width; x++)
            {
                var pixel = bgr.Pixels[((y * bgr.Stride) + (x * 3))..];
                var (luma, cb, cr) = new Colour(pixel[2], pixel[1], pixel[0]).ToYCbCr(format == PixelFormat.I420Full);
                planes.Pixels[(y * layout.Stride) + x] = luma;

                // The last of the four pixels stands for their mean: nobody looks at it.
                var chroma = layout.FirstPlaneBytes + (y / 2 * layout.ChromaWidth) + (x / 2);
                planes.Pixels[chroma] = cb;
                planes.Pixels[chroma + layout.ChromaBytes] = cr;
            }
        }

        return planes;
    }
}
