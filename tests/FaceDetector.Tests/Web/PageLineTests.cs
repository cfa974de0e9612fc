using System.Globalization;
using System.Text.RegularExpressions;
using FaceEdge.Streaming;
using FaceEdge.Tests.Capture;
using FaceEdge.Web.Live;

namespace FaceEdge.Tests.Web;

/// <summary>Against a drawn line: frames pass it one after the other at its rate, and each acknowledgement takes the delay there and back.</summary>
public sealed class PageLineTests
{
    private const int CameraRate = 15;
    private const int FullFrame = 64_000;
    private const int Megabit = 1_000_000;

    private readonly ManualClock _clock = new();

    [Fact]
    public void On_a_fast_line_a_page_is_at_the_top_within_a_second_and_was_never_on_a_slow_one()
    {
        var page = new Page(_clock, 100 * Megabit, TimeSpan.FromMilliseconds(5));

        page.Watch(TimeSpan.FromSeconds(1));

        Assert.Equal(new LineState(0, false, 0), page.State);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(650)]
    public void A_long_delay_is_not_a_slow_line(int milliseconds)
    {
        var page = new Page(_clock, 50 * Megabit, TimeSpan.FromMilliseconds(milliseconds));

        page.Watch(TimeSpan.FromSeconds(30));

        Assert.Equal(new LineState(0, false, 0), page.State);
    }

    [Theory]
    [InlineData(100, 1, 1500)]
    [InlineData(250, 3, 700)]
    [InlineData(500, 6, 300)]
    [InlineData(1000, 12, 250)]
    [InlineData(4000, 14, 200)]
    public void On_a_slow_line_frames_keep_coming_and_are_young(int kilobits, double least, double oldest)
    {
        var page = new Page(_clock, kilobits * 1000, TimeSpan.FromMilliseconds(30));
        page.Watch(TimeSpan.FromSeconds(10));

        var (perSecond, age) = page.Watch(TimeSpan.FromMinutes(2));

        Assert.True(page.State.Slow);
        Assert.InRange(perSecond, least, CameraRate);
        Assert.InRange(age.TotalMilliseconds, 0, oldest);
        Assert.InRange(page.State.BitsPerSecond, 0.7 * kilobits * 1000, 1.1 * kilobits * 1000);
    }

    [Fact]
    public void When_the_line_opens_the_page_is_taken_up_again_and_told()
    {
        var page = new Page(_clock, Megabit / 2, TimeSpan.FromMilliseconds(30));
        page.Watch(TimeSpan.FromMinutes(5));
        Assert.True(page.State.Slow);

        page.BitsPerSecond = 50 * Megabit;
        page.Watch(TimeSpan.FromMinutes(8));

        Assert.Equal((0, false), (page.State.Rung, page.State.Slow));
    }

    [Fact]
    public void When_the_line_narrows_the_page_is_taken_down_by_the_first_frames_that_come_through()
    {
        var page = new Page(_clock, 50 * Megabit, TimeSpan.FromMilliseconds(30));
        page.Watch(TimeSpan.FromSeconds(30));

        page.BitsPerSecond = Megabit / 2;
        page.Watch(TimeSpan.FromSeconds(5));
        var (perSecond, age) = page.Watch(TimeSpan.FromSeconds(10));

        Assert.InRange(perSecond, 5, CameraRate);
        Assert.InRange(age.TotalMilliseconds, 0, 500);
    }

    [Fact]
    public void What_a_line_does_not_carry_is_tried_more_and_more_seldom()
    {
        var page = new Page(_clock, Megabit / 2, TimeSpan.FromMilliseconds(30));
        page.Watch(TimeSpan.FromMinutes(10));
        page.Changes = 0;

        page.Watch(TimeSpan.FromMinutes(10));

        Assert.InRange(page.Changes, 0, 22);
    }

    [Fact]
    public void A_camera_that_sends_nothing_new_goes_to_the_top()
    {
        var line = new PageLine(_clock);
        for (uint i = 0; i < 5; i++)
        {
            var sent = _clock.GetTimestamp();
            _clock.Advance(TimeSpan.FromMilliseconds(20));
            line.Measure(new SentFrame(i, sent, sent, FullFrame, line.State.Rung), [0]);
        }

        Assert.Equal(0, line.State.Rung);
    }

    /// <summary>Over plain HTTP a page climbs by itself, and asks for each rung by address.</summary>
    [Fact]
    public void The_pages_own_ladder_has_the_same_rungs()
    {
        using var script = new StreamReader(typeof(PageLine).Assembly.GetManifestResourceStream("FaceEdge.Web.wwwroot.ladder.js")!);
        var rungs = Regex.Matches(script.ReadToEnd(), @"^  \[(?:(\d+)|null), (?:(\d+)|null), ([\d.]+)(?:, (\d+))?\],$", RegexOptions.Multiline);

        Assert.Equal(
            Rung.Ladder,
            rungs.Select(rung => new Rung(
                Rendition.Within(Number(rung.Groups[1]), Number(rung.Groups[2])), Number(rung.Groups[4]), double.Parse(rung.Groups[3].Value, CultureInfo.InvariantCulture))));

        static int? Number(Group group) => group.Success ? int.Parse(group.Value, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>A page at the end of a line, with at most two frames on the way.</summary>
    private sealed class Page(ManualClock clock, int bitsPerSecond, TimeSpan delay)
    {
        private readonly PageLine _line = new(clock);
        private readonly Queue<(SentFrame Frame, long At)> _underway = [];
        private long? _waiting;
        private long _nextFrame;
        private long _nextDue;
        private long _free;
        private uint _sequence;

        public int BitsPerSecond { get; set; } = bitsPerSecond;

        public int Changes { get; set; }

        public LineState State => _line.State;

        /// <returns>Frames a second that were drawn, and their mean age.</returns>
        public (double PerSecond, TimeSpan Age) Watch(TimeSpan time)
        {
            var end = clock.GetTimestamp() + time.Ticks;
            var (drawn, age) = (0, TimeSpan.Zero);
            while (clock.GetTimestamp() < end)
            {
                var now = clock.GetTimestamp();
                if (_underway.TryPeek(out var first) && first.At <= now)
                {
                    _underway.Dequeue();
                    drawn++;
                    age += clock.GetElapsedTime(first.Frame.CapturedAt);
                    Changes += _line.Measure(first.Frame, [CameraRate]) ? 1 : 0;
                }

                if (now >= _nextFrame)
                {
                    _nextFrame += TimeSpan.TicksPerSecond / CameraRate;
                    if (now >= _nextDue)
                    {
                        _nextDue = Math.Max(_nextDue, now - Interval()) + Interval();
                        _waiting = now;
                    }
                }

                if (_waiting is { } captured && _underway.Count < 2)
                {
                    Send(captured, now);
                    _waiting = null;
                }

                clock.Advance(TimeSpan.FromMilliseconds(1));
            }

            return (drawn / time.TotalSeconds, drawn == 0 ? TimeSpan.MaxValue : age / drawn);
        }

        private long Interval() => TimeSpan.TicksPerSecond / (Rung.Ladder[State.Rung].FramesPerSecond ?? CameraRate);

        private void Send(long captured, long now)
        {
            var bytes = (int)(FullFrame * Rung.Ladder[State.Rung].Weight);
            _free = Math.Max(_free, now) + (long)(8.0 * bytes / BitsPerSecond * TimeSpan.TicksPerSecond);
            _underway.Enqueue((new SentFrame(++_sequence, captured, now, bytes, State.Rung), _free + delay.Ticks));
        }
    }
}
