using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using FaceEdge.Streaming;
using FaceEdge.Tests.Capture;
using FaceEdge.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FaceEdge.Tests.Web;

/// <summary>The whole service on a real Kestrel at a free port of the loopback interface, watching a small drawn scene unless told otherwise.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private const string DemoUrl = ":Url=demo:";

    /// <summary>A drawn scene does not fail: no pause of a busy machine may make it a lost camera.</summary>
    private const int TimeoutSeconds = 600;

    private readonly WebApplication _app;
    private readonly RecordingLog _log;

    private RunningService(WebApplication app, RecordingLog log)
    {
        _app = app;
        _log = log;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Client = new HttpClient { BaseAddress = new Uri(address), Timeout = Timeout.InfiniteTimeSpan };
    }

    public HttpClient Client { get; }

    public string Log => string.Join('\n', _log.Lines);

    public IServiceProvider Services => _app.Services;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<RunningService> StartAsync(params string[] settings)
    {
        var log = new RecordingLog();
        // What appsettings.json shows is for developers to change: a test that hung on it would stop the very change.
        string[] standard = ["--urls=http://127.0.0.1:0", "--Detector:Mode=face"];
        string[] scene = Array.Exists(settings, setting => setting.StartsWith("--Cameras", StringComparison.Ordinal))
            ? []
            : ["--Cameras:camera:Url=demo:?size=320x240&fps=15&faces=2"];
        string[] timeouts =
        [
            .. scene.Concat(settings).Where(setting => setting.Contains(DemoUrl, StringComparison.Ordinal))
                .Select(setting => setting[..setting.IndexOf(DemoUrl, StringComparison.Ordinal)])
                .SelectMany(camera => new[] { $"{camera}:SilentAfterSeconds={TimeoutSeconds}", $"{camera}:ConnectTimeoutSeconds={TimeoutSeconds}" }),
        ];
        var app = ServiceHost.Build([.. standard, .. scene, .. timeouts, .. settings], builder => builder.Logging.ClearProviders().AddProvider(log));
        await app.StartAsync(Cancellation);
        return new RunningService(app, log);
    }

    public async Task<JsonElement> GetJsonAsync(string path) => await Client.GetFromJsonAsync<JsonElement>(path, Cancellation);

    public async Task<WebSocket> ConnectAsync(string path, string? origin = null)
    {
        var socket = new ClientWebSocket();
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        await socket.ConnectAsync(new UriBuilder(new Uri(Client.BaseAddress!, path)) { Scheme = "ws" }.Uri, Cancellation);
        return socket;
    }

    /// <summary>A frame of the first camera once it is live, however long a busy machine takes to make one.</summary>
    public async Task<byte[]> FrameAsync()
    {
        await UntilAsync(async () => (await GetJsonAsync("/api/v1/cameras"))[0].GetProperty("state").GetString() == "live"
            && (await GetJsonAsync("/api/v1/detections")).GetProperty("sequence").GetInt64() > 0);
        return await SnapshotAsync("/snapshot.jpg");
    }

    /// <summary>The frame at an address. A busy machine may make none in the time that the service waits for one; then it is asked again.</summary>
    public async Task<byte[]> SnapshotAsync(string path)
    {
        byte[] frame = [];
        await UntilAsync(async () =>
        {
            using var answer = await Client.GetAsync(path, Cancellation);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                return false;
            }

            Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            frame = await answer.Content.ReadAsByteArrayAsync(Cancellation);
            return true;
        });
        return frame;
    }

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(20, Cancellation);
        }
    }

    public async Task<double> MetricAsync(string name)
    {
        return Metric(await Client.GetStringAsync("/metrics", Cancellation), name);
    }

    /// <summary>The first value of a metric in the text of <c>/metrics</c>; 0 without one.</summary>
    public static double Metric(string metrics, string name)
    {
        var line = metrics.Split('\n').FirstOrDefault(line => line.StartsWith(name + "{", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        var cameras = _app.Services.GetRequiredService<CameraSet>();
        await _app.DisposeAsync();
        Assert.All(cameras.Pipelines, pipeline => FrameAssert.AllComeBackTo(cameras.Find(pipeline.Name)!.Capture.Pool));
    }

    private sealed class RecordingLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
