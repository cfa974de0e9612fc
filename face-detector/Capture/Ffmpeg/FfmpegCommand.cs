using System.Globalization;

namespace FaceEdge.Capture.Ffmpeg;

/// <summary>How ffmpeg is called for a camera.</summary>
/// <param name="Arguments">None of them holds a credential: the process list is open to every user of the host.</param>
/// <param name="Script">What ffmpeg reads from its standard input, or null when that stays closed.</param>
internal sealed record FfmpegCommand(IReadOnlyList<string> Arguments, string? Script)
{
    /// <summary>fps_mode came with 5.1; what it replaced went later.</summary>
    private static readonly Version KnowsFpsMode = new(5, 1);

    /// <summary>
    /// RTSP: the URL goes in as a one-line playlist on standard input, because it holds the password.
    /// Files play at their own pace, again and again. Pictures come out as YUV4MPEG2, which tells its size and is half as large as BGR.
    /// </summary>
    public static FfmpegCommand For(CameraUrl url, TimeSpan timeout, Version version)
    {
        var (input, script) = url.Kind switch
        {
            CameraKind.Rtsp => (PlaylistInput, Playlist(url.Secret, timeout)),
            CameraKind.Device => (["-f", "v4l2", "-i", url.Secret], null),
            _ => (new[] { "-protocol_whitelist", "file,crypto,data", "-re", "-stream_loop", "-1", "-i", $"file:{url.Secret}" }, (string?)null),
        };
        string[] stdin = script is null ? ["-nostdin"] : [];

        // Not "-fflags nobuffer": it throws away what ffmpeg read to learn the format, and with it the only key frame for as long as
        // the camera sends none. What was read comes out at once instead, and only the newest picture is looked at.
        string[] live = url.Kind == CameraKind.File ? [] : ["-flags", "low_delay"];
        string[] passthrough = [version >= KnowsFpsMode ? "-fps_mode" : "-vsync", "passthrough"];
        return new FfmpegCommand(
            ["-hide_banner", "-nostats", "-loglevel", "error", .. stdin, .. live, .. input,
                "-map", "0:v:0", .. passthrough, "-vf", "format=yuv420p|yuvj420p", "-f", "yuv4mpegpipe", "-strict", "-1", "pipe:1"],
            script);
    }

    private static string[] PlaylistInput =>
        ["-protocol_whitelist", "pipe,rtsp,rtsps,rtp,tcp,udp,tls,crypto", "-f", "concat", "-safe", "0", "-i", "pipe:0"];

    /// <summary>The concat demuxer's script (ffmpeg-formats, "concat"); a quote ends, an escaped one stands, a new one begins.</summary>
    private static string Playlist(string url, TimeSpan timeout)
    {
        var quoted = url.Replace("'", @"'\''", StringComparison.Ordinal);
        var microseconds = ((long)timeout.TotalMicroseconds).ToString(CultureInfo.InvariantCulture);
        return $"ffconcat version 1.0\nfile '{quoted}'\noption rtsp_transport tcp\noption timeout {microseconds}\n";
    }
}
