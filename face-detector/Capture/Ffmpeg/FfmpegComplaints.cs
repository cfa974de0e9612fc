using System.Text.RegularExpressions;

namespace FaceEdge.Capture.Ffmpeg;

/// <summary>Keeps the last thing ffmpeg said on standard error, credentials masked. Written by one thread, read by another.</summary>
internal sealed partial class FfmpegComplaints
{
    private const int Longest = 200;

    private readonly CameraUrl _url;
    private volatile string? _last;

    public FfmpegComplaints(CameraUrl url) => _url = url;

    public void Add(string? line)
    {
        if (string.IsNullOrWhiteSpace(line) || line.Contains("Last message repeated", StringComparison.Ordinal))
        {
            return;
        }

        var said = _url.Mask(Origin().Replace(line.Trim(), "").Replace("pipe:0: ", "", StringComparison.Ordinal));
        _last = said.Length > Longest ? said[..Longest] : said;
    }

    /// <summary>Why the stream ended or never began.</summary>
    /// <param name="exitCode">0 when ffmpeg found nothing wrong: what it said before were warnings.</param>
    /// <param name="needsCredentials">The camera asked for some.</param>
    public string Why(int exitCode, bool needsCredentials) => (exitCode, _last) switch
    {
        (0, _) or (_, null) => "the camera ended the stream",
        (_, { } said) when needsCredentials && said.Contains("401", StringComparison.Ordinal) => "the camera refuses the user or the password",
        (_, { } said) => $"the stream ended; ffmpeg says: {said}",
    };

    /// <summary>"[rtsp @ 0x55dd5daf6080] " and the like.</summary>
    [GeneratedRegex(@"^(\[[^\]]*\]\s*)+")]
    private static partial Regex Origin();
}
