using FaceEdge.Capture;
using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Drawing;
using FaceEdge.Imaging;
using FaceEdge.Privacy;
using FaceEdge.Streaming;
using FaceEdge.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace FaceEdge.Tests.Streaming;

public sealed class FrameComposerTests
{
    [Theory]
    [InlineData(0, 0, "No signal since 08:30:15 UTC")]
    [InlineData(1, 0, "No signal since 1970-01-01 08:30 UTC")]
    [InlineData(40, 0, "No signal since 1970-01-01 08:30 UTC")]
    [InlineData(0, 60, "No signal since 09:30:15 UTC+01:00")]
    [InlineData(0, -210, "No signal since 05:00:15 UTC-03:30")]
    public void A_lost_signal_is_told_with_its_zone_and_of_another_day_with_its_date(int daysAgo, int zoneMinutes, string notice)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        clock.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("site", TimeSpan.FromMinutes(zoneMinutes), "site", "site"));
        clock.Advance(TimeSpan.FromDays(daysAgo) + new TimeSpan(9, 0, 0));
        var lost = new DateTimeOffset(1970, 1, 1, 8, 30, 15, TimeSpan.Zero);

        Assert.Equal(notice, FrameComposer.Notice(new CameraStatus("door", "demo:", CameraState.NoSignal, lost, "away", 0, 0, 0, 0, 0, TimeSpan.Zero, 0, 0), clock));
    }

    [Theory]
    [InlineData(1280, 720, 80, 12)]
    [InlineData(800, 600, 80, 9)]
    [InlineData(400, 300, 80, 3)]
    [InlineData(400, 300, 25, 1)]
    public void Renditions_that_come_out_the_same_share_an_encoding(int width, int height, int quality, int encodings)
    {
        var (frames, encoded) = Compose(new FrameLayout(PixelFormat.Bgr24, width, height), quality, [.. Rendition.All]);

        Assert.Equal(encodings, encoded);
        Assert.All(frames, frame => Assert.Equal(Math.Min(frame.Rendition.MaxWidth, width), frame.Width));
        Assert.All(frames, frame => Assert.InRange(frame.Height, (frame.Width * height / width) - 1, (frame.Width * height / width) + 1));
    }

    [Theory]
    [InlineData(nameof(PixelFormat.Bgr24))]
    [InlineData(nameof(PixelFormat.I420))]
    public void Boxes_lie_on_the_same_faces_in_every_width(string format)
    {
        var layout = new FrameLayout(Enum.Parse<PixelFormat>(format), 1280, 720);

        var (frames, _) = Compose(layout, 80, [default, Rendition.Within(960, null), Rendition.Within(480, null)], new Box(640, 360, 320, 240));

        Assert.All(frames, frame => Assert.True(frame.IsGreenAt(0.5, 0.6) && frame.IsGreenAt(0.75, 0.6) && !frame.IsGreenAt(0.6, 0.6), $"{frame.Width}"));
    }

    [Fact]
    public void Only_what_somebody_watches_is_encoded()
    {
        var (_, encoded) = Compose(new FrameLayout(PixelFormat.Bgr24, 1280, 720), 80, [Rendition.Within(480, 30)]);

        Assert.Equal(1, encoded);
    }

    private static (List<Shown> Frames, long Encoded) Compose(FrameLayout layout, int quality, Rendition[] watched, params Box[] boxes)
    {
        var imaging = ImagingBackends.Select(new ImagingOptions()).Backend;
        using var metrics = new ServiceMetrics(TimeProvider.System);
        using var measured = new MeterReader(metrics);
        using var pool = new FramePool();
        using var composer = new FrameComposer(imaging, quality, metrics.ForCamera("door"), TimeProvider.System);
        using var broadcaster = new FrameBroadcaster(() => { });
        var viewers = watched.Select(rendition => (Rendition: rendition, Place: broadcaster.Subscribe(new Wakeup(), rendition))).ToArray();
        using (var frame = pool.Rent(layout))
        {
            PixelCanvas.Over(frame).Fill(0, 0, layout.Width, layout.Height, Colour.Slate);
            composer.Compose(
                frame,
                Hiding.Nothing,
                [.. boxes.Select(box => new Face(box, 0.9f, default))],
                DetectionMode.Face,
                default,
                broadcaster.Due(frame.CapturedAt),
                broadcaster);
        }

        var frames = new List<Shown>();
        foreach (var (rendition, place) in viewers)
        {
            using var taken = place.Take();
            using var decoded = imaging.Decode(taken!.Jpeg.Span, ImageLimits.Default, pool);
            frames.Add(new Shown(rendition, decoded.Width, decoded.Height, decoded.Pixels.ToArray()));
            place.Dispose();
        }

        return (frames, measured.FramesEncoded);
    }

    private sealed record Shown(Rendition Rendition, int Width, int Height, byte[] Pixels)
    {
        /// <summary>Within three pixels of a point that is given in parts of the sides.</summary>
        public bool IsGreenAt(double x, double y) => Enumerable.Range(-3, 7).Any(shift =>
        {
            var at = ((int)(y * Height) * Width * 3) + (((int)(x * Width) + shift) * 3);
            return Pixels[at + 1] > Pixels[at] + 60 && Pixels[at + 1] > Pixels[at + 2] + 60;
        });
    }
}
