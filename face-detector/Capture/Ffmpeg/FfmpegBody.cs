using FaceEdge.Capture.Http;
using FaceEdge.Capture.Rtsp;

namespace FaceEdge.Capture.Ffmpeg;

/// <summary>A video that a camera sends over HTTP. Asking, credentials and TLS stay with the HTTP client; ffmpeg gets the bytes.</summary>
internal static class FfmpegBody
{
    /// <summary>Hands on frames until the body or the token ends it.</summary>
    /// <param name="url">For the masking of what ffmpeg says.</param>
    /// <param name="body">From its first byte on.</param>
    /// <param name="isFile">Has an end: plays at its own pace.</param>
    /// <param name="sink">Takes the frames.</param>
    /// <param name="cancellationToken">Kills the child.</param>
    /// <exception cref="CaptureException">The stream ended, or there is no ffmpeg that can read it.</exception>
    public static Task PlayAsync(CameraUrl url, BodyReader body, bool isFile, IFrameSink sink, CancellationToken cancellationToken)
    {
        var command = FfmpegCommand.ForBody(isFile, FfmpegChild.RequireVersion());
        return new FfmpegChild(command, new FfmpegErrors(url, RtspTransport.Tcp))
            .PlayAsync(sink, body.CopyTo, RtspChallenge.None, cancellationToken);
    }
}
