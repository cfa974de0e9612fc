using System.Text.RegularExpressions;
using FaceEdge.Capture.Rtsp;

namespace FaceEdge.Capture.Ffmpeg;

/// <summary>
/// Keeps what ffmpeg said on standard error since the last frame, credentials masked: the first line, which is the cause; what follows says that the
/// next layer failed too. Written by several threads.
/// </summary>
internal sealed partial class FfmpegErrors
{
    private const int Longest = 200;

    private readonly CameraUrl _url;
    private readonly RtspTransport _transport;
    private readonly Lock _gate = new();
    private string? _first;
    private string? _decoders;
    private string? _last;
    private bool _refused;
    private bool _seen;

    public FfmpegErrors(CameraUrl url, RtspTransport transport)
    {
        _url = url;
        _transport = transport;
    }

    public void Add(string? line)
    {
        if (string.IsNullOrWhiteSpace(line) || line.Contains("Last message repeated", StringComparison.Ordinal))
        {
            return;
        }

        var said = _url.Mask(Origin().Replace(line.Trim(), "").Replace("pipe:0: ", "", StringComparison.Ordinal));
        said = said.Length > Longest ? said[..Longest] : said;
        lock (_gate)
        {
            _refused |= said.Contains("401", StringComparison.Ordinal);
            _last = said;
            if (Decoder().IsMatch(line))
            {
                // Damaged frames, and those before the first key frame: the stream goes on.
                _decoders ??= said;
            }
            else
            {
                _first ??= said;
            }
        }
    }

    /// <summary>A frame came: what was said before did not end the stream.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            (_first, _decoders, _refused, _seen) = (null, null, false, true);
        }
    }

    /// <summary>Why the stream ended or never began.</summary>
    /// <param name="exitCode">0 when ffmpeg found nothing wrong: what it said before were warnings.</param>
    /// <param name="challenge">What the camera asked for.</param>
    public string Why(int exitCode, RtspChallenge challenge)
    {
        lock (_gate)
        {
            return (exitCode, _first ?? _decoders ?? _last) switch
            {
                (0, _) or (_, null) => "the camera ended the stream",
                (_, _) when _refused && challenge == RtspChallenge.Credentials => "the camera refuses the user or the password",
                (_, _) when _refused && challenge == RtspChallenge.OtherDigest =>
                    "the camera takes passwords by SHA-256 digest alone, which this ffmpeg does not know: allow digest with MD5 in the camera's settings",
                (_, { } said) when said.Contains("461", StringComparison.Ordinal) => _transport == RtspTransport.Tcp
                    ? "the camera does not send its frames inside the RTSP connection (TCP): set RtspTransport to udp for this camera"
                    : "the camera does not send its frames over UDP: set RtspTransport to tcp for this camera",
                (_, { } said) when said.Contains("matches no streams", StringComparison.Ordinal) =>
                    "the camera's stream has no video, perhaps sound alone: give the address of its video",
                (_, { } said) when !_seen && (said.Contains("partial file", StringComparison.Ordinal) || said.Contains("moov atom not found", StringComparison.Ordinal)) =>
                    "the video's index (moov) is missing, or comes after its frames: make it an MP4 that begins with it (ffmpeg's -movflags +faststart)",
                (_, { } said) => $"the stream ended; ffmpeg says: {said}",
            };
        }
    }

    /// <summary>"[rtsp @ 0x55dd5daf6080] " and the like.</summary>
    [GeneratedRegex(@"^(\[[^\]]*\]\s*)+")]
    private static partial Regex Origin();

    [GeneratedRegex(@"^\[(h264|hevc|mpeg4|mjpeg|mpeg2video|vp8|vp9|av1|libdav1d|NULL) @ ")]
    private static partial Regex Decoder();
}
