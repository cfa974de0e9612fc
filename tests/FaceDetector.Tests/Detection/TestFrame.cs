using FaceEdge.Imaging;

namespace FaceEdge.Tests.Detection;

/// <summary>A BGR24 frame that a test paints.</summary>
internal sealed class TestFrame
{
    private readonly byte[] _pixels;

    public TestFrame(int width, int height, int slack = 0)
    {
        Width = width;
        Height = height;
        Stride = (width * 3) + slack;
        _pixels = new byte[Stride * height];
    }

    public int Width { get; }

    public int Height { get; }

    public int Stride { get; }

    public FrameView View => new(_pixels, Width, Height, Stride);

    public static TestFrame Noise(int width, int height, int slack, int seed)
    {
        var frame = new TestFrame(width, height, slack);
        new Random(seed).NextBytes(frame._pixels);
        return frame;
    }

    public TestFrame Fill(int left, int top, int width, int height, byte blue, byte green, byte red)
    {
        for (var y = top; y < top + height; y++)
        {
            for (var x = left; x < left + width; x++)
            {
                var at = (y * Stride) + (x * 3);
                (_pixels[at], _pixels[at + 1], _pixels[at + 2]) = (blue, green, red);
            }
        }

        return this;
    }

    public Frame ToFrame(FramePool pool)
    {
        var frame = pool.Rent(Width, Height);
        for (var y = 0; y < Height; y++)
        {
            View.Row(y).CopyTo(frame.Pixels[(y * frame.Stride)..]);
        }

        return frame;
    }
}
