using FaceEdge.Capture.Rtsp;

namespace FaceEdge.Capture.Ffmpeg;

/// <summary>
/// RTSP streams, video files and USB cameras through an ffmpeg child process. When other frames are needed than before, another child is started that decodes
/// and sends just those, and the old one is stopped when the new one has sent its first.
/// </summary>
internal sealed class FfmpegSource : IFrameSource
{
    private const string KeyFramesNote = "only key frames are decoded while nobody watches and nothing moves: tracks and counts are coarse";

    private readonly CameraUrl _url;
    private readonly CameraOptions _options;
    private readonly HardwareDecode _hardware;
    private readonly TimeProvider _clock;

    /// <summary>Why the hardware is not tried any more; null while it is.</summary>
    private string? _refusal;

    /// <param name="url">Of the options.</param>
    /// <param name="options">Validated.</param>
    /// <param name="clock">Limits the time of an answer.</param>
    /// <param name="hardware">Tried first; where it fails, the processor decodes.</param>
    public FfmpegSource(CameraUrl url, CameraOptions options, TimeProvider clock, HardwareDecode hardware = HardwareDecode.None)
    {
        _url = url;
        _options = options;
        _hardware = hardware;
        _clock = clock;
    }

    public async Task RunAsync(IFrameSink sink, CancellationToken cancellationToken)
    {
        var version = FfmpegChild.RequireVersion();
        var challenge = RtspChallenge.None;
        if (_url.Kind == CameraKind.Rtsp)
        {
            challenge = await RtspProbe.AskAsync(_url, _options.ConnectTimeout, _clock, cancellationToken);
        }
        else if (!File.Exists(_url.Secret))
        {
            throw new CaptureException($"there is no {_url.Shown}");
        }

        var refusal = _refusal;
        if (_hardware != HardwareDecode.None && refusal is null)
        {
            var relay = new ChildRelay(sink);
            try
            {
                await PlayAsync(sink, relay, new Decoding(_hardware, version, challenge, Note: null), cancellationToken);
            }
            catch (CaptureException exception) when (!relay.HasLed)
            {
                // Most likely the hardware; where it is the camera after all, the processor's child fails too, and the hardware is tried again.
                refusal = $"decoded by the processor, because {FfmpegCommand.NameOf(_hardware)} does not work here: {exception.Message}";
            }
        }

        var processor = new ChildRelay(sink);
        try
        {
            await PlayAsync(sink, processor, new Decoding(HardwareDecode.None, version, challenge, refusal), cancellationToken);
        }
        finally
        {
            _refusal = processor.HasLed ? refusal : _refusal;
        }
    }

    /// <summary>Plays until the stream ends, by one child after another as other frames are needed.</summary>
    /// <exception cref="CaptureException">The stream ended; the message says why.</exception>
    private async Task PlayAsync(IFrameSink sink, ChildRelay relay, Decoding decoding, CancellationToken cancellationToken)
    {
        var demand = sink.Demand;
        var running = Start(sink, relay, decoding, demand, cancellationToken);
        try
        {
            while (true)
            {
                await Task.WhenAny(running.Ended, sink.DemandOtherThanAsync(demand, cancellationToken));
                if (running.Ended.IsCompleted)
                {
                    await running.Ended;
                }

                cancellationToken.ThrowIfCancellationRequested();
                demand = sink.Demand;
                if (_url.Kind == CameraKind.Device)
                {
                    // Opens for one at a time.
                    await running.StopAsync();
                }

                var next = Start(sink, relay, decoding, demand, cancellationToken);
                await Task.WhenAny(next.Leads, next.Ended, running.Ended);
                await running.StopAsync();
                running = next;
            }
        }
        finally
        {
            await running.StopAsync();
        }
    }

    private RunningChild Start(IFrameSink sink, ChildRelay relay, Decoding decoding, FrameDemand demand, CancellationToken cancellationToken)
    {
        var child = new FfmpegChild(
            FfmpegCommand.For(_url, _options, decoding.Version, demand, decoding.Hardware), new FfmpegErrors(_url, _options.RtspTransport));
        string[] notes = [.. new[] { decoding.Note, demand.KeyFramesOnly ? KeyFramesNote : null }.OfType<string>()];
        var place = relay.Next(() => sink.Delivers(demand, notes.Length == 0 ? null : string.Join("; ", notes)));
        return new RunningChild(place.Leads, token => child.PlayAsync(place, feed: null, decoding.Challenge, token), cancellationToken);
    }

    /// <summary>How the stream is decoded for the time of a connection.</summary>
    /// <param name="Hardware">What decodes.</param>
    /// <param name="Version">Of ffmpeg.</param>
    /// <param name="Challenge">What the camera asked for.</param>
    /// <param name="Note">For the page; null where there is nothing to say.</param>
    private sealed record Decoding(HardwareDecode Hardware, Version Version, RtspChallenge Challenge, string? Note);

    /// <summary>A child that plays until it is stopped.</summary>
    private sealed class RunningChild
    {
        private readonly CancellationTokenSource _stop;

        public RunningChild(Task leads, Func<CancellationToken, Task> playAsync, CancellationToken cancellationToken)
        {
            Leads = leads;
            _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Ended = playAsync(_stop.Token);
        }

        public Task Leads { get; }

        public Task Ended { get; }

        public async Task StopAsync()
        {
            await _stop.CancelAsync();
            await Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }
    }
}
