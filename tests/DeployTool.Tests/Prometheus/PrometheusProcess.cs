using System.Diagnostics;
using FaceEdge.Contracts;

namespace FaceEdge.Deploy.Tests.Prometheus;

/// <summary>A Prometheus of its own on a free port, with its data in a temporary directory.</summary>
internal sealed class PrometheusProcess : IAsyncDisposable
{
    private const string Program = "prometheus";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _directory;
    private readonly Process _process;

    private PrometheusProcess(DirectoryInfo directory, Process process, int port)
    {
        _directory = directory;
        _process = process;
        Url = $"http://127.0.0.1:{port}";
    }

    public string Url { get; }

    public int Id => _process.Id;

    /// <summary>Skips a test where Prometheus is not installed.</summary>
    public static void SkipUnlessInstalled() => Assert.SkipUnless(
        ChildProcess.Locate(Program) is not null, "prometheus is not on PATH");

    /// <summary>Starts one that holds these series and scrapes nothing.</summary>
    public static Task<PrometheusProcess> HoldingAsync(string openMetrics) => HoldingAsync(text => text.Write(openMetrics));

    /// <summary>The same of series that are too many for one text.</summary>
    public static async Task<PrometheusProcess> HoldingAsync(Action<TextWriter> writeOpenMetrics)
    {
        var directory = Directory.CreateTempSubdirectory("prometheus-");
        var file = Path.Combine(directory.FullName, "series.txt");
        await using (var text = new StreamWriter(file))
        {
            writeOpenMetrics(text);
        }

        await RunAsync("promtool", "tsdb", "create-blocks-from", "openmetrics", "--quiet", file, Path.Combine(directory.FullName, "data"));
        File.Delete(file);
        return await StartAsync(directory, "global: {}\n", isAgent: false);
    }

    /// <summary>Starts one that collects: it takes remote writes, and scrapes what the configuration says.</summary>
    public static Task<PrometheusProcess> CentreAsync(string configuration, int? port = null, DirectoryInfo? directory = null) =>
        StartAsync(directory ?? Directory.CreateTempSubdirectory("prometheus-"), configuration, isAgent: false, port);

    /// <summary>Starts one as a site's agent: it keeps nothing but what is still to be sent.</summary>
    public static Task<PrometheusProcess> AgentAsync(string configuration) => StartAsync(Directory.CreateTempSubdirectory("prometheus-"), configuration, isAgent: true);

    /// <summary>Ends the process and keeps its data, for another one to go on with.</summary>
    public async Task<DirectoryInfo> StopAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        return _directory;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await StopAsync();
        }

        _process.Dispose();
        if (Directory.Exists(_directory.FullName))
        {
            _directory.Delete(recursive: true);
        }
    }

    private static async Task<PrometheusProcess> StartAsync(DirectoryInfo directory, string configuration, bool isAgent, int? asked = null)
    {
        var port = asked ?? FreePort.Take();
        var file = Path.Combine(directory.FullName, "prometheus.yaml");
        await File.WriteAllTextAsync(file, configuration);
        var data = Path.Combine(directory.FullName, "data");
        string[] mode = isAgent
            ? ["--enable-feature=agent", $"--storage.agent.path={data}"]
            : [$"--storage.tsdb.path={data}", "--storage.tsdb.retention.time=10y", "--web.enable-remote-write-receiver"];
        var start = new ProcessStartInfo(Program, [$"--config.file={file}", $"--web.listen-address=127.0.0.1:{port}", "--log.level=error", .. mode])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        var started = new PrometheusProcess(directory, process, port);
        using var http = new HttpClient();
        var since = Stopwatch.GetTimestamp();
        while (!await IsReadyAsync(http, started.Url))
        {
            Assert.False(process.HasExited, process.HasExited ? await errors : "");
            Assert.True(Stopwatch.GetElapsedTime(since) < StartTimeout, "prometheus did not become ready");
            await Task.Delay(50);
        }

        return started;
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, string url)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(url + "/-/ready"));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, error + await output);
    }
}
