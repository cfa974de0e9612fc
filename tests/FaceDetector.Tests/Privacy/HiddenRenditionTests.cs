using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Imaging;
using FaceEdge.Privacy;
using FaceEdge.Streaming;
using FaceEdge.Telemetry;

namespace FaceEdge.Tests.Privacy;

/// <summary>Whatever width and quality a viewer's line carries, and in whichever planes the camera's frame comes.</summary>
public sealed class HiddenRenditionTests
{
    private static readonly Box Face = new(400, 200, 160, 200);

    public static TheoryData<int, string, string> All
    {
        get
        {
            var data = new TheoryData<int, string, string>();
            foreach (var format in Enum.GetNames<PixelFormat>())
            {
                for (var i = 0; i < Rendition.Count; i++)
                {
                    data.Add(i, format, nameof(PrivacyMode.Blur));
                }

                data.Add(0, format, nameof(PrivacyMode.Boxes));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_rendition_hides_the_face(int rendition, string format, string mode)
    {
        var hiding = new Hiding(Enum.Parse<PrivacyMode>(mode), [HiddenRegion.Around(Face)], everything: false);

        Assert.InRange(Contrast(hiding, rendition, format), 0, 25);
        Assert.InRange(Contrast(Hiding.Nothing, rendition, format), 60, 255);
    }

    [Fact]
    public void A_frame_with_something_to_hide_does_not_go_out_as_it_is()
    {
        using var pool = new FramePool();
        using var frame = pool.Rent(8, 8);

        Assert.Throws<ArgumentException>(() => OutgoingFrame.AsItIs(frame, new Hiding(PrivacyMode.Blur, [], everything: true)).Dispose());
    }

    /// <summary>The greatest difference of two samples ten pixels apart in the middle of a face that is striped every twenty.</summary>
    private static int Contrast(in Hiding hiding, int index, string format)
    {
        var rendition = Rendition.All[index];
        var imaging = ImagingBackends.Select(new ImagingOptions()).Backend;
        using var metrics = new ServiceMetrics(TimeProvider.System);
        using var pool = new FramePool();
        using var composer = new FrameComposer(imaging, 90, metrics.ForCamera("door"), TimeProvider.System);
        using var broadcaster = new FrameBroadcaster(() => { });
        using var place = broadcaster.Subscribe(new Wakeup(), rendition);
        using var frame = Striped(pool, Enum.Parse<PixelFormat>(format));
        composer.Compose(frame, hiding, [], DetectionMode.Face, default, broadcaster.Due(frame.CapturedAt), broadcaster);

        using var taken = place.Take();
        using var shown = imaging.Decode(taken!.Jpeg.Span, ImageLimits.Default, pool);
        var scale = (float)shown.Width / frame.Width;
        var most = 0;
        for (var x = Face.X + 20; x < Face.Right - 30; x++)
        {
            var row = shown.View.Row((int)(Face.Centre.Y * scale));
            most = Math.Max(most, Math.Abs(row[(int)(x * scale) * 3] - row[(int)((x + 10) * scale) * 3]));
        }

        return most;
    }

    private static Frame Striped(FramePool pool, PixelFormat format)
    {
        var frame = pool.Rent(new FrameLayout(format, 1280, 720));
        for (var i = 0; i < FramePlane.CountOf(frame); i++)
        {
            var plane = FramePlane.Of(frame, i);
            for (var y = 0; y < plane.Height; y++)
            {
                var row = plane.Row(y);
                for (var x = 0; x < row.Length; x++)
                {
                    row[x] = (byte)(i > 0 ? 128 : x / plane.Channels / 10 % 2 == 0 ? 60 : 200);
                }
            }
        }

        return frame;
    }
}
