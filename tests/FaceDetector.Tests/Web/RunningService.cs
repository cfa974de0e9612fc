using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using FaceEdge.Streaming;
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
    private readonly WebApplication _app;
    private readonly RecordingLog _log;

    private RunningService(WebApplication app, RecordingLog log)
    {
        _app = app;
        _log = log;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Client = new HttpClient { BaseAddress = new Uri(address) };
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
        var app = ServiceHost.Build([.. standard, .. scene, .. settings], builder => builder.Logging.ClearProviders().AddProvider(log));
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

    /// <summary>A picture of the first camera once it is live, however long a busy machine takes to make one.</summary>
    public async Task<byte[]> PictureAsync()
    {
        await UntilAsync(async () => (await GetJsonAsync("/api/v1/cameras"))[0].GetProperty("state").GetString() == "live"
            && (await GetJsonAsync("/api/v1/detections")).GetProperty("sequence").GetInt64() > 0);
        byte[] picture = [];
        await UntilAsync(async () =>
        {
            using var answer = await Client.GetAsync("/snapshot.jpg", Cancellation);
            picture = answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync(Cancellation) : [];
            return picture.Length > 0;
        });
        return picture;
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
        var text = await Client.GetStringAsync("/metrics", Cancellation);
        var line = text.Split('\n').FirstOrDefault(line => line.StartsWith(name + "{", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        var cameras = _app.Services.GetRequiredService<CameraSet>();
        await _app.DisposeAsync();
        Assert.All(cameras.Pipelines, pipeline => Assert.Equal(0, cameras.Find(pipeline.Name)!.Capture.Pool.Outstanding));
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
