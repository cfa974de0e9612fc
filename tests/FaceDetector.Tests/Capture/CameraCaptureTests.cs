using FaceEdge.Capture;

namespace FaceEdge.Tests.Capture;

public sealed class CameraCaptureTests
{
    private readonly ManualClock _clock = new();
    private readonly ScriptedSource _source = new();
    private readonly CameraOptions _options = new() { Name = "door", Url = "rtsp://admin:s3cret@10.0.0.7/x" };

    [Fact]
    public async Task A_camera_that_shows_a_frame_is_live()
    {
        _source.ThenShows(1, 2);
        await using var camera = Start();

        var status = await camera.ReachesAsync(CameraState.Live);

        Assert.Equal((8, 4, null), (status.Width, status.Height, status.Reason));
        Assert.Equal("rtsp://***@10.0.0.7/x", status.Url);
    }

    [Fact]
    public async Task The_time_that_a_camera_is_live_grows_while_it_is_and_stays_when_it_is_lost()
    {
        var drop = new TaskCompletionSource();
        _source.Then(async (sink, _) =>
        {
            sink.Show(1);
            await drop.Task;
            throw new CaptureException("dropped");
        });
        await using var camera = Start();
        await camera.ReachesAsync(CameraState.Live);
        var before = camera.Capture.Status.LiveTime;

        _clock.Advance(TimeSpan.FromSeconds(3));
        var live = camera.Capture.Status.LiveTime;
        drop.SetResult();
        await camera.ReachesAsync(CameraState.NoSignal);
        _clock.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3)), (before, live, camera.Capture.Status.LiveTime));
    }

    [Fact]
    public async Task The_reason_of_a_failure_is_shown_without_credentials_and_the_last_frame_stays()
    {
        _source.Then((sink, _) =>
        {
            sink.Show(9);
            throw new CaptureException("rtsp://admin:s3cret@10.0.0.7/x broke, as did s3cret");
        });
        await using var camera = Start();

        var status = await camera.ReachesAsync(CameraState.NoSignal);

        Assert.Equal("rtsp://***@10.0.0.7/x broke, as did ***", status.Reason);
        using var last = camera.Capture.Frames.Latest();
        Assert.Equal(9, last!.Pixels[0]);
    }

    [Fact]
    public async Task Delays_between_attempts_double_up_to_the_longest_with_half_of_each_random()
    {
        for (var i = 0; i < 8; i++)
        {
            _source.ThenFails("away");
        }

        _options.ReconnectDelay = TimeSpan.FromSeconds(1);
        _options.MaxReconnectDelay = TimeSpan.FromSeconds(10);
        await using var camera = Start(new Random(7));
        var expected = new Random(7);
        foreach (var full in new[] { 1, 2, 4, 8, 10, 10 })
        {
            var delay = await NextDelayAsync();
            Assert.Equal((full / 2.0) + (full / 2.0 * expected.NextDouble()), delay.TotalSeconds, tolerance: 0.001);
            _clock.Advance(delay);
        }
    }

    [Fact]
    public async Task A_camera_that_was_away_is_connected_as_soon_as_it_answers()
    {
        var answers = new Queue<bool>([false, false, false, true]);
        _source.ThenFails("away").ThenShows(1);
        _options.ReconnectDelay = _options.MaxReconnectDelay = TimeSpan.FromHours(1);
        await using var camera = Start(probe: new CameraProbe(_ => Task.FromResult(answers.Dequeue())));

        await camera.ReachesAsync(CameraState.NoSignal);
        var live = camera.ReachesAsync(CameraState.Live);
        while (!live.IsCompleted)
        {
            var next = NextDelayAsync();
            if (await Task.WhenAny(live, next) == next && await next <= TimeSpan.FromSeconds(0.5))
            {
                _clock.Advance(await next);
            }
        }

        await live;
        Assert.InRange(_clock.GetUtcNow() - DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(0.75), TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public async Task A_camera_that_answers_and_fails_all_the_same_is_asked_once_an_attempt()
    {
        var asked = 0;
        _source.ThenFails("wrong password").ThenFails("wrong password").ThenFails("wrong password");
        await using var camera = Start(probe: new CameraProbe(_ => Task.FromResult(++asked > 0)));
        foreach (var most in new[] { 0.5, 1, 2 })
        {
            var delay = await NextDelayAsync();
            Assert.InRange(delay.TotalSeconds, most / 2, most);
            _clock.Advance(delay);
        }

        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task A_connection_that_held_starts_the_delays_from_the_first_again()
    {
        var drop = new TaskCompletionSource();
        _source.ThenFails("away").ThenFails("away").ThenFails("away").Then(async (sink, _) =>
        {
            sink.Show(1);
            _clock.Advance(_options.SilentAfter - TimeSpan.FromSeconds(1));
            sink.Show(2);
            _clock.Advance(_options.SilentAfter - TimeSpan.FromSeconds(1));
            sink.Show(3);
            _clock.Advance(_options.SilentAfter - TimeSpan.FromSeconds(1));
            sink.Show(4);
            await drop.Task;
            throw new CaptureException("dropped");
        });
        await using var camera = Start();
        for (var i = 0; i < 3; i++)
        {
            _clock.Advance(await NextDelayAsync());
        }

        await camera.ReachesAsync(CameraState.Live);
        drop.SetResult();

        Assert.InRange(await NextDelayAsync(), _options.ReconnectDelay / 2, _options.ReconnectDelay);
    }

    [Fact]
    public async Task A_connection_without_a_frame_is_given_up_after_the_connect_timeout()
    {
        _source.ThenShows();
        await using var camera = Start();

        _clock.Advance(_options.ConnectTimeout + TimeSpan.FromSeconds(1));

        Assert.Equal("no frame within 10 s of connecting", (await camera.ReachesAsync(CameraState.NoSignal)).Reason);
    }

    [Fact]
    public async Task A_silent_camera_is_noticed_and_connected_again()
    {
        _source.ThenShows(1).ThenShows(2);
        await using var camera = Start();
        await camera.ReachesAsync(CameraState.Live);

        _clock.Advance(_options.SilentAfter + TimeSpan.FromSeconds(1));
        var lost = await camera.ReachesAsync(CameraState.NoSignal);
        _clock.Advance(await NextDelayAsync());
        await camera.ReachesAsync(CameraState.Live);

        Assert.Equal("no frame for 5 s", lost.Reason);
        Assert.Equal(1, camera.Capture.Status.Reconnects);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(4.9)]
    [InlineData(7.3)]
    public async Task A_camera_is_noticed_soon_after_its_time_is_over_whenever_it_fell_silent(double seconds)
    {
        _source.ThenShowsAndKeeps(1);
        await using var camera = Start();
        var sink = await _source.KeptAsync();
        for (; seconds > 1; seconds--)
        {
            Pass(TimeSpan.FromSeconds(1));
            sink.Show(1);
        }

        Pass(TimeSpan.FromSeconds(seconds));
        sink.Show(2);
        Pass(_options.SilentAfter - Watchdog.Period);
        Assert.Equal(CameraState.Live, camera.Capture.Status.State);

        Pass(Watchdog.Period * 3);

        Assert.Equal("no frame for 5 s", (await camera.ReachesAsync(CameraState.NoSignal)).Reason);
    }

    [Fact]
    public async Task A_frozen_camera_is_noticed_and_not_believed_until_its_frame_changes()
    {
        _source.ThenShowsAndKeeps(1).ThenShowsAndKeeps(1);
        await using var camera = Start();
        var sink = await _source.KeptAsync();
        for (var i = 0; i < 31; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            sink.Show(1);
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        var lost = await camera.ReachesAsync(CameraState.NoSignal);
        _clock.Advance(await NextDelayAsync());
        sink = await _source.KeptAsync();
        Assert.Equal(CameraState.NoSignal, camera.Capture.Status.State);
        sink.Show(2);

        Assert.Equal("the same frame for 30 s", lost.Reason);
        Assert.Equal(CameraState.Live, camera.Capture.Status.State);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(300)]
    public async Task Snapshots_further_apart_than_a_freeze_are_frozen_only_when_several_are_the_same(int seconds)
    {
        _options.Url = "http://127.0.0.1/snapshot";
        _options.SnapshotInterval = TimeSpan.FromSeconds(seconds);
        _source.ThenShowsAndKeeps(1);
        await using var camera = Start();
        var sink = await _source.KeptAsync();
        foreach (var shade in (byte[])[2, 2, 3, 3, 3, 4, 4, 4])
        {
            _clock.Advance(_options.SnapshotInterval);
            sink.Show(shade);
            Assert.Equal(CameraState.Live, camera.Capture.Status.State);
        }

        sink.Show(4);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("the same frame for 30 s", (await camera.ReachesAsync(CameraState.NoSignal)).Reason);
    }

    [Fact]
    public async Task A_camera_that_sends_nothing_is_silent_however_soon_the_same_frame_counts_as_frozen()
    {
        _options.FrozenAfter = TimeSpan.FromSeconds(2);
        _source.ThenShowsAndKeeps(1);
        await using var camera = Start();
        await _source.KeptAsync();

        _clock.Advance(TimeSpan.FromSeconds(4));
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("no frame for 5 s", (await camera.ReachesAsync(CameraState.NoSignal)).Reason);
    }

    [Fact]
    public async Task A_still_picture_from_a_file_is_not_taken_for_a_frozen_camera()
    {
        _options.Url = "still.png";
        _source.ThenShowsAndKeeps(1);
        await using var camera = Start();
        var sink = await _source.KeptAsync();
        for (var i = 0; i < 100; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            sink.Show(1);
        }

        Assert.Equal(CameraState.Live, camera.Capture.Status.State);
    }

    [Fact]
    public async Task An_unforeseen_exception_in_a_source_costs_a_reconnect_and_nothing_more()
    {
        _source.Then((_, _) => throw new InvalidCastException("a fault with s3cret")).ThenShows(1);
        await using var camera = Start();
        var lost = await camera.ReachesAsync(CameraState.NoSignal);
        _clock.Advance(await NextDelayAsync());

        await camera.ReachesAsync(CameraState.Live);

        Assert.Equal("a fault with ***", lost.Reason);
    }

    [Fact]
    public async Task Frames_over_the_frame_rate_limit_are_left_out_and_the_average_is_kept()
    {
        _options.MaxFramesPerSecond = 10;
        _source.ThenShowsAndKeeps(0);
        await using var camera = Start();
        var sink = await _source.KeptAsync();
        for (var i = 1; i <= 300; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1 / 30.0));
            sink.Show((byte)i);
        }

        using var last = camera.Capture.Frames.Latest();
        Assert.InRange(last!.Sequence, 99, 101);
        Assert.InRange(camera.Capture.Status.FramesPerSecond, 9.5, 10.5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Frames_over_the_frame_rate_limit_count_as_received_and_dropped_whether_the_source_asks_first_or_not(bool asks)
    {
        _options.MaxFramesPerSecond = 10;
        _source.ThenShowsAndKeeps(0);
        await using var camera = Start();
        var sink = await _source.KeptAsync();
        for (var i = 1; i <= 300; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1 / 30.0));
            if (!asks || sink.WantsFrame())
            {
                sink.Show((byte)i);
            }
        }

        var status = camera.Capture.Status;
        using var last = camera.Capture.Frames.Latest();
        Assert.Equal(301, status.FramesIn);
        Assert.Equal(301 - last!.Sequence, status.FramesDropped - camera.Capture.Frames.Dropped);
    }

    [Fact]
    public async Task Every_frame_goes_back_to_the_pool_when_the_camera_is_shut_down()
    {
        _source.ThenShows([.. Enumerable.Range(0, 200).Select(i => (byte)i)]);
        var camera = Start();
        await camera.ReachesAsync(CameraState.Live);
        await camera.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => camera.Capture.Pool.Rent(8, 4));
        Assert.Null(camera.Capture.Frames.Latest());
    }

    private RunningCamera Start(Random? random = null, CameraProbe? probe = null) => new(_source, _options, _clock, random ?? new Random(1), probe);

    /// <summary>Time goes by in small steps, as timers see it.</summary>
    private void Pass(TimeSpan time)
    {
        var step = TimeSpan.FromMilliseconds(10);
        for (; time > TimeSpan.Zero; time -= step)
        {
            _clock.Advance(time < step ? time : step);
        }
    }

    /// <summary>The reconnect delay, which is the next timer that is not the watchdog's.</summary>
    private async Task<TimeSpan> NextDelayAsync()
    {
        while (true)
        {
            var due = await _clock.TimerMadeAsync();
            if (due != Watchdog.Period)
            {
                return due;
            }
        }
    }
}
