using FaceEdge.Demo;
using FaceEdge.Demo.Painting;
using FaceEdge.Imaging;

namespace FaceEdge.Benchmarks.Workloads;

/// <summary>Pictures to measure with: the demo scene at one moment, the same on every machine.</summary>
internal static class TestPicture
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
}
