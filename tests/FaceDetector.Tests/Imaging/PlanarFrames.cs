using CsCheck;
using FaceEdge.Imaging;

namespace FaceEdge.Tests.Imaging;

/// <summary>Planar frames for tests.</summary>
internal static class PlanarFrames
{
    /// <summary>Any bytes, of any size up to the bounds and of either range.</summary>
    public static Gen<(FrameLayout Layout, byte[] Planes)> Noise(int maxWidth, int maxHeight) =>
        Gen.Select(Gen.OneOf(Gen.Const(PixelFormat.I420), Gen.Const(PixelFormat.I420Full)), Gen.Int[1, maxWidth], Gen.Int[1, maxHeight]).SelectMany(size =>
        {
            var layout = new FrameLayout(size.Item1, size.Item2, size.Item3);
            return Gen.Select(Gen.Const(layout), Gen.Byte.Array[layout.ByteCount]);
        });

    /// <summary>Noise around a middle grey with mild colours: all of it within what a screen shows, so that no colour is clipped.</summary>
    public static byte[] Mild(FrameLayout layout, int seed)
    {
        var random = new Random(seed);
        var planes = new byte[layout.ByteCount];
        for (var i = 0; i < planes.Length; i++)
        {
            planes[i] = (byte)(i < layout.FirstPlaneBytes ? random.Next(90, 160) : random.Next(108, 149));
        }

        return planes;
    }

    /// <summary>Planes of a BGR frame, chroma the mean of its pixels': what an encoder makes.</summary>
    public static byte[] FromBgr(ReadOnlySpan<byte> bgr, FrameLayout layout)
    {
        var (black, scale, chromaScale) = layout.Format == PixelFormat.I420Full ? (0.0, 1.0, 1.0) : (16.0, 219 / 255.0, 224 / 255.0);
        var planes = new byte[layout.ByteCount];
        var sums = new (double Cb, double Cr, int Count)[layout.ChromaBytes];
        for (var i = 0; i < layout.Width * layout.Height; i++)
        {
            var (blue, green, red) = (bgr[i * 3], bgr[(i * 3) + 1], bgr[(i * 3) + 2]);
            var luma = (0.299 * red) + (0.587 * green) + (0.114 * blue);
            planes[i] = (byte)Math.Round(black + (luma * scale));
            ref var sum = ref sums[(i / layout.Width / 2 * layout.ChromaWidth) + (i % layout.Width / 2)];
            sum = (sum.Cb + ((blue - luma) / 1.772), sum.Cr + ((red - luma) / 1.402), sum.Count + 1);
        }

        for (var i = 0; i < sums.Length; i++)
        {
            planes[layout.FirstPlaneBytes + i] = (byte)Math.Clamp(Math.Round(128 + (sums[i].Cb / sums[i].Count * chromaScale)), 0, 255);
            planes[layout.FirstPlaneBytes + sums.Length + i] = (byte)Math.Clamp(Math.Round(128 + (sums[i].Cr / sums[i].Count * chromaScale)), 0, 255);
        }

        return planes;
    }

    /// <summary>Planes of JPEG's range in that of video: luma 16 to 235, chroma 16 to 240.</summary>
    public static void ToVideoRange(in FrameView full, Span<byte> video)
    {
        for (var i = 0; i < video.Length; i++)
        {
            var sample = full.Pixels[i];
            video[i] = (byte)Math.Round(i < full.Luma.Length ? 16 + (sample * 219 / 255.0) : 128 + ((sample - 128) * 224 / 255.0));
        }
    }
}
