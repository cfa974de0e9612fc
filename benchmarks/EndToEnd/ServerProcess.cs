using System.Diagnostics;
using System.Globalization;
using FaceEdge.Contracts;

namespace FaceEdge.Benchmarks.EndToEnd;

/// <summary>A server under measurement, on a loopback port of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly long _started;

    private ServerProcess(ProcessStartInfo start, int port, string streamPath)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _started = Stopwatch.GetTimestamp();
        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Address = new Uri($"http://127.0.0.1:{port}/");
        Stream = new Uri(Address, streamPath);
    }

    public int Id => _process.Id;

    public Uri Address { get; }

    /// <summary>The stream that viewers watch.</summary>
    public Uri Stream { get; }

    /// <summary>From the start of the process to the first whole frame at a viewer; of the service, the first with boxes.</summary>
    public TimeSpan FirstFrame { get; private set; }

    /// <summary>Processor time used until then.</summary>
    public TimeSpan FirstFrameCpu { get; private set; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <param name="command">The published service: an executable, or a .dll.</param>
    /// <param name="film">What its camera plays.</param>
    public static Task<ServerProcess> StartServiceAsync(string command, string film) =>
        StartServiceAsync(command, new Dictionary<string, string> { ["RTSP_URL"] = film }, "stream.mjpg");

    /// <param name="command">The published service: an executable, or a .dll.</param>
    /// <param name="settings">For its environment.</param>
    /// <param name="streamPath">The stream that viewers watch.</param>
    public static async Task<ServerProcess> StartServiceAsync(string command, IReadOnlyDictionary<string, string> settings, string streamPath)
    {
        var port = FreePort.Take();
        var start = command.EndsWith(".dll", StringComparison.Ordinal)
            ? new ProcessStartInfo("dotnet", [command, "serve"])
            : new ProcessStartInfo(command, ["serve"]);
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        return await ReadyAsync(new ServerProcess(start, port, streamPath), BoxedFrame.Is);
    }

    public static async Task<ServerProcess> StartPredecessorAsync(string film)
    {
        var port = FreePort.Take();
        var start = new ProcessStartInfo(
            "dotnet",
            [typeof(ServerProcess).Assembly.Location, "predecessor", film, port.ToString(CultureInfo.InvariantCulture)]);
        return await ReadyAsync(new ServerProcess(start, port, "video_feed"), static _ => true);
    }

    /// <summary>A counter of /metrics, summed over its labels; 0 where the server has none.</summary>
    public async Task<double> CounterAsync(string name) => Counter(await MetricsAsync(), name);

    /// <summary>What /metrics answers.</summary>
    public async Task<string> MetricsAsync()
    {
        using var answer = await _http.GetAsync(new Uri(Address, "metrics"));
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>A counter in an answer of /metrics, summed over its labels; 0 where it has none.</summary>
    public static double Counter(string metrics, string name) => metrics
        .Split('\n')
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    /// <summary>Waits until so many cameras send frames.</summary>
    public async Task LiveAsync(int cameras)
    {
        using var timeout = new CancellationTokenSource(StartTimeout);
        while (await CounterAsync("faceedge_camera_live") < cameras)
        {
            await Task.Delay(PollInterval, timeout.Token);
        }
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _http.Dispose();
    }

    private static async Task<ServerProcess> ReadyAsync(ServerProcess server, Func<ReadOnlyMemory<byte>, bool> isAwaited)
    {
        try
        {
            using var timeout = new CancellationTokenSource(StartTimeout);
            while (true)
            {
                try
                {
                    await using var viewer = await MjpegViewer.ConnectAsync(server.Stream, timeout.Token, isAwaited);
                    server.FirstFrame = Stopwatch.GetElapsedTime(server._started, await viewer.FirstFrameAsync(timeout.Token));
                    server.FirstFrameCpu = server.ProcessorTime;
                    return server;
                }
                catch (HttpRequestException) when (!server._process.HasExited)
                {
                    await Task.Delay(5, timeout.Token);
                }
                catch (HttpRequestException exception)
                {
                    throw new InvalidOperationException(
                        $"{server._process.StartInfo.FileName} ended with exit code {server._process.ExitCode} before its first frame.", exception);
                }
            }
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }
}
