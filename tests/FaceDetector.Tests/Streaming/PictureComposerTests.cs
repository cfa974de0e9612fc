using FaceEdge.Capture;
using FaceEdge.Streaming;
using FaceEdge.Tests.Capture;

namespace FaceEdge.Tests.Streaming;

public sealed class PictureComposerTests
{
    [Theory]
    [InlineData(0, "No signal since 08:30:15")]
    [InlineData(1, "No signal since 1970-01-01 08:30")]
    [InlineData(40, "No signal since 1970-01-01 08:30")]
    public void A_signal_lost_on_another_day_is_told_with_its_date(int daysAgo, string notice)
    {
        var clock = new ManualClock();
        clock.Advance(TimeSpan.FromDays(daysAgo) + new TimeSpan(9, 0, 0));
        var lost = new DateTimeOffset(1970, 1, 1, 8, 30, 15, TimeSpan.Zero);

        Assert.Equal(notice, PictureComposer.Notice(new CameraStatus("door", "demo:", CameraState.NoSignal, lost, "away", 0, 0, 0, 0, 0, 0, 0), clock));
    }
}
