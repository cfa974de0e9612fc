using System.Globalization;

namespace FaceEdge.Capture.Ffmpeg;

/// <summary>How ffmpeg is called for a camera.</summary>
/// <param name="Arguments">None of them holds a credential: the process list is open to every user of the host.</param>
/// <param name="Script">What ffmpeg reads from its standard input first, or null.</param>
internal sealed record FfmpegCommand(IReadOnlyList<string> Arguments, string? Script)
{
    /// <summary>fps_mode came with 5.1; what it replaced was removed later.</summary>
    private static readonly Version KnowsFpsMode = new(5, 1);

    /// <summary>
    /// The first with the playlist's "option", and with RTSP's "timeout" for the socket. Before, that was stimeout, and "timeout" made ffmpeg a server that
    /// waits for the camera.
    /// </summary>
    private static readonly Version KnowsPlaylistOptions = new(5, 0);

    /// <summary>
    /// Pixels that are not square (analogue cameras through an encoder: 352x576 at 40:11) become so, by more of them in the shorter direction. A ratio over
    /// 4 is a fault of the stream's, not its shape. Where pixels are square, the filter passes frames on as they are.
    /// </summary>
    private const string SquarePixels =
        "scale=w='if(between(sar,1.001,4),trunc(iw*sar/2+0.5)*2,iw)':h='if(between(sar,0.25,0.999),trunc(ih/sar/2+0.5)*2,ih)'";

    /// <summary>
    /// RTSP: the URL goes in as a one-line playlist on standard input, because it holds the password. Before 5.0 a playlist takes no options: there a URL
    /// with a secret leaves the transport to ffmpeg, which tries UDP and then TCP, and one without is given as an argument.
    /// Files play at their own pace, again and again. Frames come out as YUV4MPEG2, which tells its size and is half as large as BGR.
    /// </summary>
    public static FfmpegCommand For(CameraUrl url, CameraOptions options, Version version, FrameDemand demand = default, HardwareDecode hardware = default)
    {
        var (input, script) = url.Kind switch
        {
            CameraKind.Rtsp when version >= KnowsPlaylistOptions => (PlaylistInput, Playlist(url, options)),
            CameraKind.Rtsp when url.Shown != url.Secret => (PlaylistInput, Playlist(url, options: null)),
            CameraKind.Rtsp => (["-nostdin", .. RtspProtocols, "-rtsp_transport", Transport(options), "-stimeout", Timeout(options), "-i", url.Secret], null),
            CameraKind.Device => (["-nostdin", "-f", "v4l2", "-i", url.Secret], null),
            _ => (new[] { "-nostdin", "-protocol_whitelist", "file,crypto,data", "-re", "-stream_loop", "-1", "-i", $"file:{url.Secret}" }, (string?)null),
        };
        return new FfmpegCommand(Whole([.. Decoder(demand, hardware), .. input], isLive: url.Kind != CameraKind.File, version, Selection(demand)), script);
    }

    /// <summary>A body that comes in through standard input: ffmpeg opens nothing by itself, whatever the body names.</summary>
    /// <param name="isFile">Plays at its own pace rather than as fast as it comes.</param>
    /// <param name="version">Of ffmpeg.</param>
    public static FfmpegCommand ForBody(bool isFile, Version version)
    {
        string[] pace = isFile ? ["-re"] : [];
        return new FfmpegCommand(Whole(["-protocol_whitelist", "pipe", .. pace, "-i", "pipe:0"], isLive: !isFile, version, selection: ""), null);
    }

    /// <summary>More threads decode a frame ahead, which is latency, and take memory each; a camera of 720p keeps a twentieth of a core busy.</summary>
    private static string[] OneThread => ["-filter_threads", "1", "-threads", "1"];

    /// <summary>What ffmpeg calls it, and the setting too.</summary>
    public static string NameOf(HardwareDecode hardware) => hardware.ToString().ToLowerInvariant();

    /// <summary>Options of the decoder, which stand before the input.</summary>
    private static string[] Decoder(FrameDemand demand, HardwareDecode hardware)
    {
        string[] decoder = hardware switch
        {
            HardwareDecode.None => [],
            HardwareDecode.V4l2m2m => ["-c:v", "h264_v4l2m2m"],
            _ => ["-hwaccel", NameOf(hardware)],
        };
        return demand.KeyFramesOnly ? [.. decoder, "-skip_frame", "nokey"] : decoder;
    }

    /// <summary>
    /// Takes the first frame of each interval, which is even on the whole. Time that jumps back begins an interval too.
    /// </summary>
    private static string Selection(FrameDemand demand) => demand is { MaxPerSecond: > 0 and var most, KeyFramesOnly: false }
        ? FormattableString.Invariant($"select='not(eq(floor(t*{most}),floor(prev_selected_t*{most})))',")
        : "";

    private static string[] RtspProtocols => ["-protocol_whitelist", "pipe,rtsp,rtsps,rtp,tcp,udp,tls,crypto"];

    private static string[] PlaylistInput => [.. RtspProtocols, "-f", "concat", "-safe", "0", "-i", "pipe:0"];

    // Not "-fflags nobuffer": it throws away what ffmpeg read to learn the format, and with it the only key frame for as long as
    // the camera sends none. What was read comes out at once instead, and only the newest frame is looked at.
    private static string[] Whole(string[] input, bool isLive, Version version, string selection)
    {
        // Measuring a frame rate that nobody asks for would take the first twenty frames.
        string[] live = isLive ? ["-flags", "low_delay", "-fpsprobesize", "0"] : [];
        string[] passthrough = [version >= KnowsFpsMode ? "-fps_mode" : "-vsync", "passthrough"];
        return
        [
            "-hide_banner", "-nostats", "-loglevel", "error", .. OneThread, .. live, .. input,
            "-map", "0:v:0", .. passthrough, "-vf", $"{selection}{SquarePixels},format=yuv420p|yuvj420p", "-f", "yuv4mpegpipe", "-strict", "-1", "pipe:1",
        ];
    }

    /// <summary>The concat demuxer's script (ffmpeg-formats, "concat"); a quote ends, an escaped one stands, a new one begins.</summary>
    private static string Playlist(CameraUrl url, CameraOptions? options)
    {
        var file = $"ffconcat version 1.0\nfile '{url.Secret.Replace("'", @"'\''", StringComparison.Ordinal)}'\n";
        return options is null ? file : $"{file}option rtsp_transport {Transport(options)}\noption timeout {Timeout(options)}\noption fpsprobesize 0\n";
    }

    private static string Transport(CameraOptions options) => options.RtspTransport == RtspTransport.Udp ? "udp" : "tcp";

    /// <summary>Microseconds.</summary>
    private static string Timeout(CameraOptions options) => ((long)options.ConnectTimeout.TotalMicroseconds).ToString(CultureInfo.InvariantCulture);
}
