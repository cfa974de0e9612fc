using System.Diagnostics;

namespace FaceEdge.Tests.Capture.Rtsp;

/// <summary>A real RTSP server (GStreamer) that streams H.264 of a moving ball on loopback.</summary>
internal sealed class RtspServer : IAsyncDisposable
{
    private const string Python = "/usr/bin/python3";

    private static readonly Lazy<bool> Present = new(Probe);

    private readonly Process _process;

    private RtspServer(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public string Url => $"rtsp://127.0.0.1:{Port}/camera";

    /// <summary>Skips the test where the server's packages are missing.</summary>
    public static void SkipWhereMissing() => Assert.SkipUnless(
        Present.Value, "needs python3-gi, gir1.2-gst-rtsp-server-1.0 and gstreamer1.0-plugins-{base,good,bad,ugly}");

    /// <param name="port">0 takes a free one.</param>
    /// <param name="more">More of the script's options.</param>
    public static async Task<RtspServer> StartAsync(int port = 0, params string[] more)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Capture", "Rtsp", "rtsp_server.py");
        var process = Process.Start(new ProcessStartInfo(Python, [script, "--port", $"{port}", .. more])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("ready ", StringComparison.Ordinal))
            {
                return new RtspServer(process, int.Parse(line.AsSpan("ready ".Length), provider: null));
            }
        }

        throw new InvalidOperationException("The RTSP server ended before it was ready.");
    }

    /// <summary>The child of this process that reads this server: other tests have children of their own.</summary>
    public int Reader()
    {
        // proc_pid_net(5): the remote address is the third column, the inode the tenth.
        var sockets = File.ReadLines("/proc/net/tcp").Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns[2].EndsWith($":{Port:X4}", StringComparison.Ordinal))
            .Select(columns => $"socket:[{columns[9]}]")
            .ToHashSet(StringComparer.Ordinal);
        var reader = Assert.Single(Directory.GetDirectories("/proc"), process => IsChild(process) && HasOpen(process, sockets));
        return int.Parse(Path.GetFileName(reader), provider: null);
    }

    /// <summary>Dies without a word, as a camera that loses its power.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static bool IsChild(string process) => Read(process, () =>
        File.ReadLines(Path.Combine(process, "status")).Contains($"PPid:\t{Environment.ProcessId}", StringComparer.Ordinal));

    private static bool HasOpen(string process, HashSet<string> files) => Read(process, () =>
        Directory.GetFiles(Path.Combine(process, "fd")).Any(file => files.Contains(new FileInfo(file).LinkTarget ?? "")));

    /// <summary>What is true of a process; nothing of one that has ended meanwhile, or is somebody else's.</summary>
    private static bool Read(string process, Func<bool> question)
    {
        try
        {
            return char.IsAsciiDigit(Path.GetFileName(process)[0]) && question();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool Probe()
    {
        try
        {
            const string Needs = "import gi; gi.require_version('GstRtspServer', '1.0'); from gi.repository import Gst, GstRtspServer; "
                + "Gst.init(None); assert all(Gst.ElementFactory.find(n) for n in ('videotestsrc', 'x264enc', 'rtph264pay'))";
            using var process = Process.Start(new ProcessStartInfo(Python, ["-c", Needs]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
