using System.Globalization;
using FaceEdge.Capture.Rtsp;
using FaceEdge.Imaging.OpenCv;
using OpenCvSharp;

namespace FaceEdge.Capture.OpenCv;

/// <summary>USB cameras, video files, and RTSP streams where OpenCV is built with network, through its VideoCapture, on a thread of its own.</summary>
internal sealed class OpenCvVideoSource : IFrameSource
{
    // videoio.hpp of OpenCV 4; OpenCvSharp's enumeration lacks them.
    private const int OpenTimeoutMilliseconds = 53;
    private const int ReadTimeoutMilliseconds = 54;
    private const int DecoderThreads = 70;
    private const int PixelWidth = 40;
    private const int PixelHeight = 41;

    /// <summary>A pixel more than so many times as wide as high is an error of the stream.</summary>
    private const double LargestRatio = 4;

    /// <summary>A read comes back after so long even when the camera is silent, so that the thread sees a cancellation.</summary>
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromMilliseconds(800);

    /// <summary>A read that failed earlier than this did not time out: the stream has ended.</summary>
    private static readonly TimeSpan Timely = ReadTimeout * 0.75;

    private static readonly TimeSpan Grace = ReadTimeout * 2;

    private readonly CameraUrl _url;
    private readonly CameraOptions _options;
    private readonly TimeProvider _clock;

    /// <summary>Opening or reading that went on after its connection was given up; nothing in OpenCV ends it.</summary>
    private Task _stuck = Task.CompletedTask;

    public OpenCvVideoSource(CameraUrl url, CameraOptions options, TimeProvider clock)
    {
        _url = url;
        _options = options;
        _clock = clock;
    }

    /// <remarks>
    /// A read that hangs in a driver must not hold up the camera's supervisor: it is left alone, and its thread ends when the read does. No
    /// second one is begun meanwhile, so that a dead device costs one thread however often it is tried.
    /// </remarks>
    public async Task RunAsync(IFrameSink sink, CancellationToken cancellationToken)
    {
        if (!_stuck.IsCompleted)
        {
            throw new CaptureException($"the last read from {_url.Shown} still hangs: the device or its driver does not answer");
        }

        var challenge = _url.Kind == CameraKind.Rtsp
            ? await RtspProbe.AskAsync(_url, _options.ConnectTimeout, _clock, cancellationToken)
            : RtspChallenge.None;
        var capture = await OpenAsync(challenge != RtspChallenge.None, cancellationToken);
        var reading = Task.Factory.StartNew(
            () => Read(capture, sink, cancellationToken),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        try
        {
            await reading.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // A read that times out as it should is back by then, and the device is closed before it is opened again.
            await reading.WaitAsync(Grace, _clock, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stuck = reading;
            throw;
        }
    }

    /// <summary>Opening cannot be interrupted, so a cancelled one is left to end by its own timeout, and closed then.</summary>
    private async Task<VideoCapture> OpenAsync(bool needsCredentials, CancellationToken cancellationToken)
    {
        var opening = Task.Run(Open, CancellationToken.None);
        VideoCapture capture;
        try
        {
            capture = await opening.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _stuck = opening.ContinueWith(
                static opened => (opened.IsCompletedSuccessfully ? opened.Result : null)?.Dispose(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw;
        }

        if (capture.IsOpened())
        {
            return capture;
        }

        capture.Dispose();
        throw new CaptureException(WhyNot(needsCredentials));
    }

    private VideoCapture Open()
    {
        if (_url.Kind == CameraKind.Device)
        {
            var number = int.Parse(_url.Secret["/dev/video".Length..], NumberStyles.None, CultureInfo.InvariantCulture);
            return new VideoCapture(number, VideoCaptureAPIs.V4L2);
        }

        // One decoder thread: more of them work on successive frames, and each adds a frame of delay.
        int[] settings =
        [
            OpenTimeoutMilliseconds, (int)_options.ConnectTimeout.TotalMilliseconds,
            ReadTimeoutMilliseconds, (int)ReadTimeout.TotalMilliseconds,
            DecoderThreads, 1,
        ];
        return new VideoCapture(_url.Secret, VideoCaptureAPIs.FFMPEG, settings);
    }

    private string WhyNot(bool needsCredentials) => _url.Kind switch
    {
        CameraKind.Rtsp when needsCredentials => "the camera refuses the user or the password",
        CameraKind.Rtsp => "the camera answers, but OpenCV cannot open its stream: install the package ffmpeg, this OpenCV may be built without network",
        CameraKind.Device when !File.Exists(_url.Secret) => $"there is no {_url.Shown}: plug the camera in, and let the container see the device",
        CameraKind.Device => $"{_url.Shown} cannot be opened: another program may use it, or permission is missing (group video)",
        _ when !File.Exists(_url.Secret) => $"there is no file {_url.Shown}",
        _ => $"{_url.Shown} is not a video that can be read",
    };

    private void Read(VideoCapture capture, IFrameSink sink, CancellationToken cancellationToken)
    {
        using (capture)
        {
            var pixelRatio = PixelRatio(capture);
            var pace = _url.Kind == CameraKind.File ? FilePace.Of(capture.Fps, _clock) : null;
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var started = _clock.GetTimestamp();
                if (!capture.Grab())
                {
                    if (pace is not null && capture.PosFrames > 0)
                    {
                        capture.PosFrames = 0;
                    }
                    else if (_clock.GetElapsedTime(started) < Timely)
                    {
                        throw new CaptureException("the camera ended the stream");
                    }

                    continue;
                }

                cancellationToken.ThrowIfCancellationRequested();
                pace?.Wait(cancellationToken);
                if (sink.WantsFrame())
                {
                    Retrieve(capture, pixelRatio, sink);
                }
            }
        }
    }

    /// <summary>How much wider than high a pixel is; 1 where the stream does not say.</summary>
    private static double PixelRatio(VideoCapture capture)
    {
        var ratio = capture.Get(PixelWidth) / capture.Get(PixelHeight);
        return ratio is >= 1 / LargestRatio and <= LargestRatio ? ratio : 1;
    }

    /// <summary>Lets OpenCV write straight into the frame; one of another size than the last, or of pixels that are not square, takes a copy.</summary>
    internal static void Retrieve(VideoCapture capture, double pixelRatio, IFrameSink sink)
    {
        var (width, height) = (capture.FrameWidth, capture.FrameHeight);
        if (width < 1 || height < 1)
        {
            return;
        }

        var frame = sink.Pool.Rent(width, height);
        try
        {
            using var matrix = OpenCvBackend.Wrap(frame);
            if (!capture.Retrieve(matrix) || matrix.Empty())
            {
                frame.Dispose();
                return;
            }

            var (shownWidth, shownHeight) = (
                pixelRatio > 1 ? (int)Math.Round(matrix.Width * pixelRatio) : matrix.Width,
                pixelRatio < 1 ? (int)Math.Round(matrix.Height / pixelRatio) : matrix.Height);
            if (matrix.Data != frame.Address || shownWidth != matrix.Width || shownHeight != matrix.Height)
            {
                var shown = OpenCvBackend.Copy(matrix, shownWidth, shownHeight, sink.Pool);
                frame.Dispose();
                frame = shown;
            }
        }
        catch
        {
            frame.Dispose();
            throw;
        }

        sink.Publish(frame);
    }
}
