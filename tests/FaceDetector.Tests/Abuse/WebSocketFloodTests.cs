using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace FaceEdge.Tests.Abuse;

[Collection(nameof(OneAbusedService))]
public sealed class WebSocketFloodTests
{
    private readonly ServiceProcess _service;

    public WebSocketFloodTests(ServiceProcess service) => _service = service;

    public static TheoryData<string> Paths => ["/api/v1/live", "/api/v1/camera"];

    private static int Flood => ServiceProcess.IsLong ? 100_000 : 1_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 600_000)]
    [MemberData(nameof(Paths))]
    public async Task A_message_that_never_ends_ends_the_connection(string path)
    {
        using var socket = await _service.OpenSocketAsync(path);
        var piece = new byte[64 * 1024];

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                await socket.SendAsync(piece, WebSocketMessageType.Binary, false, Cancellation);
            }
        });

        await _service.AssertUnharmedAsync();
    }

    [Theory(Timeout = 600_000)]
    [MemberData(nameof(Paths))]
    public async Task Empty_pieces_without_an_end_take_no_memory(string path)
    {
        // What a first connection of its kind takes stays with the process.
        await SendEmptyPiecesAsync(path);
        var before = _service.Vitals().ResidentMb;

        await SendEmptyPiecesAsync(path);

        Assert.InRange(_service.Vitals().ResidentMb, 1, before + 50);
        await _service.AssertUnharmedAsync();
    }

    [Theory(Timeout = 600_000)]
    [MemberData(nameof(Paths))]
    public async Task Frames_that_no_client_may_send_end_the_connection_and_nothing_else(string path)
    {
        byte[][] frames =
        [
            [0x82, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4],
            [0x82, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4],
            [0x82, 0x05, 1, 2, 3, 4, 5],
            [0xF2, 0x80, 1, 2, 3, 4],
            [0x83, 0x80, 1, 2, 3, 4],
            [0x89, 0xFE, 0x00, 0x7E, 1, 2, 3, 4, .. new byte[126]],
            [0x80, 0x80, 1, 2, 3, 4],
            [0x81, 0x82, 0, 0, 0, 0, 0xC3, 0x28],
            [0x88, 0x81, 0, 0, 0, 0, 1],
        ];
        foreach (var frame in frames)
        {
            using var client = await UpgradeAsync(path);
            var stream = client.GetStream();
            await stream.WriteAsync(frame, Cancellation);
            client.Client.Shutdown(SocketShutdown.Send);
            await DrainAsync(stream);
        }

        await _service.AssertUnharmedAsync();
    }

    [Fact(Timeout = 600_000)]
    public async Task Thousands_of_small_messages_are_taken_one_by_one()
    {
        using var page = await _service.OpenSocketAsync("/api/v1/live");
        using var visitor = await _service.OpenSocketAsync("/api/v1/camera");
        var drained = Task.WhenAll(DrainAsync(page), DrainAsync(visitor));
        string[] texts = ["""{"watch":["camera"]}""", """{"watch":[]}""", "{", "[]", """{"watch":["\ud800"]}""", """{"watch":1,"watch":2}"""];
        for (var i = 0; i < Flood; i++)
        {
            await page.SendAsync(Encoding.UTF8.GetBytes(texts[i % texts.Length]), WebSocketMessageType.Text, true, Cancellation);
            await page.SendAsync(new byte[] { (byte)i }, WebSocketMessageType.Binary, true, Cancellation);
            await visitor.SendAsync(new byte[] { (byte)i, 1, 2 }, WebSocketMessageType.Binary, true, Cancellation);
        }

        await page.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);
        await visitor.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);
        await drained;
        _service.Report($"{3 * Flood} small messages");
        await _service.AssertUnharmedAsync();
    }

    [Fact(Timeout = 600_000)]
    public async Task Visitors_that_read_no_answers_and_visitors_over_the_limit_are_turned_away()
    {
        const int Limit = 16;
        var visitors = await Task.WhenAll(Enumerable.Range(0, Limit).Select(_ => UpgradeAsync("/api/v1/camera")));

        Assert.Null(await _service.TryOpenSocketAsync("/api/v1/camera"));

        Array.ForEach(visitors, visitor => visitor.Dispose());
        using var next = await _service.OpenSocketAsync("/api/v1/camera");
        await _service.AssertUnharmedAsync();
    }

    private async Task SendEmptyPiecesAsync(string path)
    {
        using var socket = await _service.OpenSocketAsync(path);
        try
        {
            for (var i = 0; i < Flood; i++)
            {
                await socket.SendAsync(Array.Empty<byte>(), WebSocketMessageType.Binary, false, Cancellation);
            }
        }
        catch (WebSocketException)
        {
            // It may well be cut off.
        }
    }

    /// <summary>A connection that became a WebSocket: whoever left just before may still be counted for a moment.</summary>
    private async Task<TcpClient> UpgradeAsync(string path)
    {
        TcpClient? client = null;
        await _service.UntilAsync(async () =>
        {
            client?.Dispose();
            client = await _service.ConnectAsync();
            var request = $"GET {path} HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Version: 13\r\n\r\n";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Cancellation);
            var answer = new byte[12];
            await client.GetStream().ReadExactlyAsync(answer, Cancellation);
            return Encoding.ASCII.GetString(answer) == "HTTP/1.1 101";
        });
        return client!;
    }

    private static async Task DrainAsync(NetworkStream stream)
    {
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer, Cancellation) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Reset: an end as well.
        }
    }

    private static async Task DrainAsync(WebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while ((await socket.ReceiveAsync(buffer, Cancellation)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // Closed without a farewell: an end as well.
        }
    }
}
