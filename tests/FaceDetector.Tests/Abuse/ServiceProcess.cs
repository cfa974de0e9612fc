using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace FaceEdge.Tests.Abuse;

/// <summary>The service as a process of its own, watching a drawn scene: what it takes of the machine is its own.</summary>
public sealed partial class ServiceProcess : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _log = new();
    private Process _process = null!;

    /// <summary>Beside those that every test wants.</summary>
    public string[] Settings { get; init; } = [];

    /// <summary>What a site's manifest grants.</summary>
    public const int MemoryLimitMb = 512;

    /// <summary>As many as the service is told to take, and a few more than a test brings.</summary>
    public static int MaxViewers => IsLong ? 600 : 60;

    public HttpClient Client { get; } = new() { Timeout = Timeout.InfiniteTimeSpan };

    public Uri Address => Client.BaseAddress!;

    /// <summary>Whether the long part was asked for.</summary>
    public static bool IsLong => Environment.GetEnvironmentVariable("FACEEDGE_LONG") is { Length: > 0 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "face-detector.dll");
        var start = new ProcessStartInfo("dotnet", [
            program, "serve", "--urls=http://127.0.0.1:0", "--Cameras:camera:Url=demo:?size=640x360&fps=10&faces=2", "--Cameras:camera:SilentAfterSeconds=600", "--Cameras:camera:ConnectTimeoutSeconds=600",
            $"--Stream:MaxViewers={MaxViewers}", "--Stream:WriteTimeoutSeconds=15", "--Upload:BodySeconds=5", "--Http:UploadsPerMinute=100000", "--Http:ChangesPerMinute=100000", "--Imaging:Backend=portable",
            "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information", .. Settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        DataReceivedEventHandler keep = (_, line) =>
        {
            _log.Enqueue(line.Data ?? "");
            if (Listening().Match(line.Data ?? "") is { Success: true } match)
            {
                listening.TrySetResult(new Uri(match.Groups[1].Value));
            }
        };
        _process.OutputDataReceived += keep;
        _process.ErrorDataReceived += keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Client.BaseAddress = await listening.Task.WaitAsync(TimeSpan.FromMinutes(10), Cancellation);
        await StillDetectsAsync();
    }

    /// <summary>Megabytes resident, open files and threads of the service now.</summary>
    public (double ResidentMb, int Files, int Threads) Vitals()
    {
        var status = File.ReadAllLines($"/proc/{_process.Id}/status");
        long Number(string name) => long.Parse(
            status.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture);
        return (Number("VmRSS:") / 1024.0, Directory.GetFiles($"/proc/{_process.Id}/fd").Length, (int)Number("Threads:"));
    }

    /// <summary>The most that was ever resident, in megabytes.</summary>
    public double HighestResidentMb() => long.Parse(
        Digits().Match(File.ReadAllLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))).Value,
        CultureInfo.InvariantCulture) / 1024.0;

    /// <summary>Ends the test unless the service is alive, goes on finding faces, has logged no error and stayed within its memory.</summary>
    public async Task AssertUnharmedAsync()
    {
        await StillDetectsAsync();
        Assert.Empty(_log.Where(line => line.Contains(" fail: ", StringComparison.Ordinal) || line.Contains(" crit: ", StringComparison.Ordinal)).Take(3));
        Assert.InRange(HighestResidentMb(), 1, MemoryLimitMb);
    }

    /// <summary>Tells a figure for docs/reliability.md.</summary>
    public void Report(string what)
    {
        var (resident, files, threads) = Vitals();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what}; afterwards {resident:F0} MB resident ({HighestResidentMb():F0} at most), {files} files, {threads} threads"));
    }

    /// <summary>A connection on which a test may write what no HTTP client would.</summary>
    public async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(Address.Host, Address.Port, Cancellation);
        return client;
    }

    /// <summary>A WebSocket that was let in: whoever left just before may still be counted for a moment.</summary>
    public async Task<WebSocket> OpenSocketAsync(string path)
    {
        WebSocket? socket = null;
        await UntilAsync(async () => (socket = await TryOpenSocketAsync(path)) is not null);
        return socket!;
    }

    /// <summary>A WebSocket; null when it is turned away.</summary>
    public async Task<WebSocket?> TryOpenSocketAsync(string path)
    {
        var socket = new ClientWebSocket();
        try
        {
            await socket.ConnectAsync(new UriBuilder(new Uri(Address, path)) { Scheme = "ws" }.Uri, Cancellation);
            return socket;
        }
        catch (WebSocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    public async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            Assert.False(_process.HasExited, $"The service is gone: {string.Join('\n', _log.TakeLast(20))}");
            await Task.Delay(100, Cancellation);
        }
    }

    public async Task<int> ViewersAsync() =>
        (await JsonDocument.ParseAsync(await Client.GetStreamAsync("/api/v1/cameras", Cancellation), default, Cancellation)).RootElement[0].GetProperty("viewers").GetInt32();

    /// <summary>Ends it as a host ends a pod.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync(Cancellation);
        await _process.WaitForExitAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task StillDetectsAsync()
    {
        var before = await SequenceAsync();
        await UntilAsync(async () => await SequenceAsync() > before + 2);
    }

    private async Task<long> SequenceAsync() =>
        (await JsonDocument.ParseAsync(await Client.GetStreamAsync("/api/v1/detections", Cancellation), default, Cancellation)).RootElement.GetProperty("sequence").GetInt64();

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
