using CsCheck;
using FaceEdge.Demo;
using FaceEdge.Demo.Painting;
using FaceEdge.Detection;
using FaceEdge.Imaging;
using FaceEdge.Imaging.Portable;
using FaceEdge.Models;

namespace FaceEdge.Tests.Demo;

public sealed class DemoPainterTests : IDisposable
{
    private static readonly DemoSettings Small = new(320, 180, 4, 30, 5);

    private readonly FramePool _pool = new();

    [Fact]
    public void A_frame_of_a_seed_always_has_the_same_pixels()
    {
        using var fresh = new DemoPainter(new DemoScene(Small));
        using var used = new DemoPainter(new DemoScene(Small));
        using var scratch = Paint(used, Small, 11);
        using var expected = Paint(fresh, Small, 42);
        using var actual = Paint(used, Small, 42);

        Assert.True(expected.Pixels.SequenceEqual(actual.Pixels));
    }

    [Fact]
    public void Another_seed_and_another_moment_look_different()
    {
        using var painter = new DemoPainter(new DemoScene(Small));
        using var other = new DemoPainter(new DemoScene(Small with { Seed = 6 }));
        using var frame = Paint(painter, Small, 0);
        using var later = Paint(painter, Small, 30);
        using var stranger = Paint(other, Small, 0);

        Assert.False(frame.Pixels.SequenceEqual(later.Pixels));
        Assert.False(frame.Pixels.SequenceEqual(stranger.Pixels));
    }

    /// <summary>At the input side of the shipped settings; each seed shows other people at another moment.</summary>
    [Fact]
    public void YuNet_finds_nearly_every_face()
    {
        const int Scenes = 10;
        var lookup = ModelProvider.FromEnvironment().Find("yunet-n");
        Assert.SkipWhen(lookup.Model is null, $"No YuNet on this machine: {lookup.Missing}");
        using var detector = FaceDetector.Load(lookup.Model!, new InferenceOptions { InputSide = 320 });

        var (found, all) = (0, 0);
        var detections = new Face[64];
        for (var seed = 1; seed <= Scenes; seed++)
        {
            var settings = DemoSettings.Default with { Seed = seed };
            var scene = new DemoScene(settings);
            using var painter = new DemoPainter(scene);
            using var frame = Paint(painter, settings, 97 * seed);
            var count = detector.Detect(frame.View, lookup.Model!.Description.ScoreThreshold, detections, out _);
            var faces = scene.FacesAt(settings.TimeOf(97 * seed));
            all += faces.Length;
            found += faces.Count(face => detections.Take(count).Any(detection => detection.Box.IntersectionOverUnion(face.Box) >= 0.5f));
        }

        Assert.True(found >= 0.95 * all, $"{found} of {all} faces found.");
    }

    public void Dispose() => _pool.Dispose();

    private Frame Paint(DemoPainter painter, DemoSettings settings, long number)
    {
        var frame = _pool.Rent(settings.Width, settings.Height);
        painter.Paint(settings.TimeOf(number), frame);
        return frame;
    }

    [Fact]
    public void Pixels_lose_their_alpha_and_nothing_else() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        var bgra = bytes[..(bytes.Length / 4 * 4)];
        var plain = new byte[bgra.Length / 4 * 3];
        PixelLayout.BgraToBgrScalar(bgra, plain, bgra.Length / 4);
        var bgr = new byte[plain.Length];
        PixelLayout.BgraToBgr(bgra, bgr);

        Assert.Equal(plain, bgr);
        Assert.Equal(bgra.Where((_, i) => i % 4 != 3), bgr);
    });
}
