using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace FaceEdge.Tests.Browser;

/// <summary>The service's side of the page's WebSocket, as a test wants it: what the page makes of a state is seen without waiting for a camera to come to it.</summary>
internal sealed class ScriptedService : IAsyncDisposable
{
    /// <summary>A JPEG of one grey pixel.</summary>
    private static readonly byte[] Pixel = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAA"
        + "AAAAAAAACP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==");

    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Task _heartbeat;
    private volatile IWebSocketRoute? _page;
    private volatile string _settings = SettingsWith("");
    private volatile string? _cameras;

    public ScriptedService() => _heartbeat = RepeatAsync();

    /// <summary>How old frames are when they are sent.</summary>
    public float SiteMilliseconds { get; set; }

    /// <summary>
    /// Takes the page's WebSocket; pass it to <see cref="Chromium.OpenAsync"/>. On a busy machine the page may believe the service gone: it comes back to the
    /// same state, and never to the service behind the script.
    /// </summary>
    public async Task PrepareAsync(IPage page)
    {
        await page.RouteAsync("**/api/v1/live", route => route.AbortAsync());
        await page.RouteWebSocketAsync("**/api/v1/live", socket =>
        {
            _page = socket;
            Repeat();
            _opened.TrySetResult();
        });
    }

    public async Task SendSettingsAsync(string more = "")
    {
        _settings = SettingsWith(more);
        await _opened.Task;
        Send("settings", _settings);
    }

    public async Task SendCamerasAsync(params ScriptedCamera[] cameras)
    {
        _cameras = JsonSerializer.Serialize(cameras, JsonSerializerOptions.Web);
        await _opened.Task;
        Send("cameras", _cameras);
    }

    /// <summary>Frames of each camera, time and again, that took so many milliseconds to come.</summary>
    public async Task SendFramesUntilAsync(Task seen, params float[] delays)
    {
        while (!seen.IsCompleted)
        {
            for (var i = 0; i < delays.Length; i++)
            {
                await SendFrameAsync(i, 0, delays[i]);
            }

            await Task.WhenAny(seen, Task.Delay(100, _over.Token));
        }

        await seen;
    }

    /// <summary>A frame that took so long to come.</summary>
    public async Task SendFrameAsync(int camera, int faces, float deliveryMilliseconds)
    {
        var message = new byte[20 + Pixel.Length];
        message[0] = (byte)camera;
        message[2] = (byte)faces;
        BitConverter.TryWriteBytes(message.AsSpan(8), SiteMilliseconds);
        BitConverter.TryWriteBytes(message.AsSpan(16), deliveryMilliseconds);
        Pixel.CopyTo(message, 20);
        await _opened.Task;
        _page!.Send(message);
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _heartbeat;
        _over.Dispose();
    }

    /// <summary>As the service does: a page that hears nothing believes it gone.</summary>
    private async Task RepeatAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(0.5));
        try
        {
            while (await timer.WaitForNextTickAsync(_over.Token))
            {
                Repeat();
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private void Repeat()
    {
        Send("settings", _settings);
        if (_cameras is { } cameras)
        {
            Send("cameras", cameras);
        }
    }

    private void Send(string type, string data) => _page?.Send($$"""{"event":"{{type}}","data":{{data}}}""");

    private static string SettingsWith(string more) => $$"""{"mode":"face","threshold":0.5,"title":"Scripted","background":null,"text":null{{more}}}""";
}

/// <summary>A camera as the event "cameras" tells it.</summary>
internal sealed record ScriptedCamera(string Name)
{
    public string Source { get; init; } = "rtsp://10.0.0.7:554/stream";

    public string State { get; init; } = "live";

    public DateTimeOffset Since { get; init; } = DateTimeOffset.Parse("2026-11-26T13:05:00Z", CultureInfo.InvariantCulture);

    public string? Reason { get; init; }

    public int Width { get; init; } = 1280;

    public int Height { get; init; } = 720;

    public double FramesPerSecond { get; init; } = 15;

    public double ProcessedPerSecond { get; init; } = 15;

    public int Faces { get; init; }

    public string Privacy { get; init; } = "none";

    public double? AgeSeconds { get; init; } = 0;

    public double DetectMilliseconds { get; init; } = 2;

    public double InferenceMilliseconds { get; init; } = 1;

    public long FramesReceived { get; init; }

    public long FramesDropped { get; init; }

    public long Reconnects { get; init; }

    public int Viewers { get; init; } = 1;
}
