using FaceEdge.Capture.Rtsp;

namespace FaceEdge.Capture.Ffmpeg;

/// <summary>RTSP streams, video files and USB cameras through an ffmpeg child process, for hosts where OpenCV does not load.</summary>
internal sealed class FfmpegSource : IFrameSource
{
    private readonly CameraUrl _url;
    private readonly CameraOptions _options;
    private readonly TimeProvider _clock;

    public FfmpegSource(CameraUrl url, CameraOptions options, TimeProvider clock)
    {
        _url = url;
        _options = options;
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

        var child = new FfmpegChild(FfmpegCommand.For(_url, _options, version), new FfmpegErrors(_url, _options.RtspTransport));
        await child.PlayAsync(sink, feed: null, challenge, cancellationToken);
    }
}
