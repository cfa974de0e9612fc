using System.Net;
using System.Net.Sockets;

namespace FaceEdge.Tests.Abuse;

[Collection(nameof(OneAbusedService))]
public sealed class CrowdTests
{
    private readonly ServiceProcess _service;

    public CrowdTests(ServiceProcess service) => _service = service;

    private static int Crowd => ServiceProcess.IsLong ? 500 : 40;

    /// <summary>Three of them are fewer than the connections that the service keeps in all.</summary>
    private static int Part => Crowd * 4 / 5;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task A_crowd_of_viewers_is_served_and_leaves_nothing_behind()
    {
        var before = _service.Vitals();

        var frames = await Task.WhenAll(Enumerable.Range(0, Crowd).Select(_ => WatchAsync(5)));

        Assert.All(frames, count => Assert.True(count >= 5));
        await _service.UntilAsync(async () => await _service.ViewersAsync() == 0);
        await _service.UntilAsync(() => Task.FromResult(_service.Vitals().Files <= before.Files + 10));
        _service.Report($"{Crowd} viewers, 5 frames each");
        await _service.AssertUnharmedAsync();
    }

    [Fact(Timeout = 600_000)]
    public async Task Viewers_that_do_not_read_are_given_up_and_slow_nobody()
    {
        var stuck = await Task.WhenAll(Enumerable.Range(0, Crowd).Select(_ => AskAsync("/stream.mjpg")));
        await _service.UntilAsync(async () => await _service.ViewersAsync() >= Crowd);

        Assert.True(await WatchAsync(10) >= 10);
        await _service.UntilAsync(async () => await _service.ViewersAsync() == 0);

        Array.ForEach(stuck, client => client.Dispose());
        _service.Report($"{Crowd} viewers that read nothing, all given up");
        await _service.AssertUnharmedAsync();
    }

    [Fact(Timeout = 600_000)]
    public async Task Connections_that_say_nothing_or_half_a_request_keep_nobody_out()
    {
        var before = _service.Vitals();
        var silent = await Task.WhenAll(Enumerable.Range(0, Part).Select(_ => _service.ConnectAsync()));
        var half = await Task.WhenAll(Enumerable.Range(0, Part).Select(async _ =>
        {
            var client = await _service.ConnectAsync();
            await client.GetStream().WriteAsync("GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: "u8.ToArray(), Cancellation);
            return client;
        }));
        var bodies = await Task.WhenAll(Enumerable.Range(0, Part).Select(async _ =>
        {
            var client = await _service.ConnectAsync();
            await client.GetStream().WriteAsync("POST /api/v1/detect HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\nabc"u8.ToArray(), Cancellation);
            return client;
        }));

        Assert.Equal(HttpStatusCode.OK, (await _service.Client.GetAsync("/healthz", Cancellation)).StatusCode);
        foreach (var client in half)
        {
            // 408, and the connection ends, within 10 s.
            Assert.StartsWith("HTTP/1.1 408", await ReadAllAsync(client), StringComparison.Ordinal);
            client.Dispose();
        }

        foreach (var client in bodies)
        {
            // The same within 5 s (here); when the connection is broken off under the rest of the body, that may overtake the answer.
            var answer = await ReadAllAsync(client);
            Assert.True(answer == "reset" || answer.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), answer);
            client.Dispose();
        }

        Array.ForEach(silent, client => client.Dispose());
        await _service.UntilAsync(() => Task.FromResult(_service.Vitals().Files <= before.Files + 10));
        _service.Report($"{3 * Part} connections that were never a whole request");
        await _service.AssertUnharmedAsync();
    }

    [Fact(Timeout = 600_000)]
    public async Task Listeners_and_snapshots_count_as_viewers()
    {
        var listeners = await Task.WhenAll(Enumerable.Range(0, ServiceProcess.MaxViewers).Select(_ => ListenAsync()));
        await _service.UntilAsync(async () => (await _service.Client.GetAsync("/snapshot.jpg", Cancellation)).StatusCode == HttpStatusCode.ServiceUnavailable);

        using var events = await _service.Client.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead, Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, events.StatusCode);
        Array.ForEach(listeners, client => client.Dispose());
        await _service.UntilAsync(async () => (await _service.Client.GetAsync("/snapshot.jpg", Cancellation)).StatusCode == HttpStatusCode.OK);
        _service.Report($"{ServiceProcess.MaxViewers} listeners to events");
        await _service.AssertUnharmedAsync();
    }

    /// <summary>Reads the stream until it has held so many frames.</summary>
    private async Task<int> WatchAsync(int frames)
    {
        using var client = await AskAsync("/stream.mjpg");
        client.ReceiveBufferSize = 1 << 20;
        var buffer = new byte[64 * 1024];
        var seen = 0;
        while (seen < frames)
        {
            var count = await client.GetStream().ReadAsync(buffer, Cancellation);
            Assert.True(count > 0, "The stream ended.");
            seen += Count(buffer.AsSpan(0, count), "Content-Length"u8);
        }

        return seen;
    }

    private static int Count(ReadOnlySpan<byte> text, ReadOnlySpan<byte> wanted) => text.Count(wanted);

    private async Task<TcpClient> AskAsync(string path)
    {
        var client = await _service.ConnectAsync();
        await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n"), Cancellation);
        return client;
    }

    /// <summary>A listener that was let in: whoever left just before may still be counted for a moment.</summary>
    private async Task<TcpClient> ListenAsync()
    {
        TcpClient? listener = null;
        await _service.UntilAsync(async () =>
        {
            listener?.Dispose();
            listener = await AskAsync("/api/v1/events");
            var answer = new byte["HTTP/1.1 200".Length];
            await listener.GetStream().ReadExactlyAsync(answer, Cancellation);
            return answer.AsSpan().SequenceEqual("HTTP/1.1 200"u8);
        });
        return listener!;
    }

    private static async Task<string> ReadAllAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), leaveOpen: true);
        try
        {
            return await reader.ReadToEndAsync(Cancellation);
        }
        catch (IOException exception) when (exception.InnerException is SocketException)
        {
            return "reset";
        }
    }
}
