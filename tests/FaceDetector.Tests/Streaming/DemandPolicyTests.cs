using FaceEdge.Capture;
using FaceEdge.Imaging;
using FaceEdge.Streaming;
using FaceEdge.Tests.Capture;

namespace FaceEdge.Tests.Streaming;

public sealed class DemandPolicyTests
{
    private static readonly FrameLayout Layout = new(PixelFormat.I420, 64, 36);
    private static readonly FrameDemand KeyFrames = new(KeyFramesOnly: true, MaxPerSecond: 0);

    private readonly ManualClock _clock = new();

    [Fact]
    public void Everything_is_needed_while_somebody_watches_and_for_ten_seconds_after()
    {
        var policy = new DemandPolicy(5, IdleMode.KeyFrames, _clock);
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(FrameDemand.All, policy.Decide(isWatched: true));
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(FrameDemand.All, policy.Decide(isWatched: false));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(KeyFrames, policy.Decide(isWatched: false));
    }

    [Fact]
    public void Unwatched_no_more_is_needed_than_is_searched()
    {
        var policy = new DemandPolicy(5, IdleMode.All, _clock);
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(new FrameDemand(KeyFramesOnly: false, 5), policy.Decide(isWatched: false));
        Assert.Equal(FrameDemand.All, policy.Decide(isWatched: true));
    }

    [Fact]
    public void What_moves_ends_the_idling_until_ten_seconds_after()
    {
        var policy = new DemandPolicy(0, IdleMode.KeyFrames, _clock);
        Show(policy, 50);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(KeyFrames, policy.Decide(isWatched: false));

        Show(policy, 90);

        Assert.Equal(FrameDemand.All, policy.Decide(isWatched: false));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Show(policy, 90);
        Assert.Equal(KeyFrames, policy.Decide(isWatched: false));
    }

    private void Show(DemandPolicy policy, byte shade)
    {
        var pixels = new byte[Layout.ByteCount];
        pixels.AsSpan().Fill(shade);
        _clock.Advance(TimeSpan.FromSeconds(1));
        policy.Look(new FrameView(pixels, Layout));
    }
}
