using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using FaceEdge.Imaging;
using FaceEdge.Web.Live;

namespace FaceEdge.Tests.Web;

public sealed class LiveSocketTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task A_page_gets_settings_cameras_and_the_frames_it_asks_for()
    {
        await using var service = await RunningService.StartAsync();
        using var socket = await service.ConnectAsync("/api/v1/live");

        Assert.Equal("settings", EventOf(await ReceiveAsync(socket, WebSocketMessageType.Text)));
        Assert.Equal("cameras", EventOf(await ReceiveAsync(socket, WebSocketMessageType.Text)));
        await SendAsync(socket, """{"watch":["camera"]}""");
        var frame = await ReceiveAsync(socket, WebSocketMessageType.Binary);

        Assert.Equal(0, frame[0]);
        Assert.Equal([0xff, 0xd8], frame[LiveFrame.HeaderLength..(LiveFrame.HeaderLength + 2)]);
    }

    [Theory(Timeout = 600_000)]
    [InlineData("350", 480)]
    [InlineData("600", 640)]
    [InlineData("-1", 480)]
    [InlineData("null", 960)]
    public async Task A_page_gets_frames_no_wider_than_it_shows_them_needs(string shown, int width)
    {
        await using var service = await RunningService.StartAsync("--Cameras:camera:Url=demo:?size=960x540&fps=15&faces=2");
        using var socket = await service.ConnectAsync("/api/v1/live");
        await SendAsync(socket, $$"""{"watch":["camera"],"width":{{shown}}}""");

        // The page begins low on the ladder, and is taken up while it acknowledges.
        int wide;
        do
        {
            var frame = await ReceiveAsync(socket, WebSocketMessageType.Binary);
            wide = PictureHeader.Read(frame.AsSpan(LiveFrame.HeaderLength), ImageLimits.Default).Width;
            await AcknowledgeAsync(socket, frame);
        }
        while (wide < width);

        Assert.Equal(width, wide);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_page_that_acknowledges_nothing_gets_two_frames_and_one_that_does_gets_its_latency()
    {
        await using var service = await RunningService.StartAsync();
        using var socket = await service.ConnectAsync("/api/v1/live");
        await SendAsync(socket, """{"watch":["camera"]}""");
        var first = await ReceiveAsync(socket, WebSocketMessageType.Binary);
        await ReceiveAsync(socket, WebSocketMessageType.Binary);

        var detected = await service.MetricAsync("faceedge_frames_encoded_total");
        await RunningService.UntilAsync(async () => await service.MetricAsync("faceedge_frames_encoded_total") >= detected + 3);
        var before = await service.MetricAsync("faceedge_delivery_seconds_count");
        await AcknowledgeAsync(socket, first);
        var third = await ReceiveAsync(socket, WebSocketMessageType.Binary);

        Assert.Equal(0, before);
        Assert.True(BinaryPrimitives.ReadSingleLittleEndian(third.AsSpan(16)) > 0);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_late_acknowledgement_of_a_frame_from_before_the_page_watched_again_lets_no_other_pass()
    {
        await using var service = await RunningService.StartAsync();
        using var socket = await service.ConnectAsync("/api/v1/live");
        await SendAsync(socket, """{"watch":["camera"]}""");
        var before = await ReceiveAsync(socket, WebSocketMessageType.Binary);
        await ReceiveAsync(socket, WebSocketMessageType.Binary);
        await SendAsync(socket, """{"watch":[]}""");
        await SendAsync(socket, """{"watch":["camera"]}""");
        await ReceiveAsync(socket, WebSocketMessageType.Binary);
        await ReceiveAsync(socket, WebSocketMessageType.Binary);

        await AcknowledgeAsync(socket, before);
        var encoded = await service.MetricAsync("faceedge_frames_encoded_total");
        await RunningService.UntilAsync(async () => await service.MetricAsync("faceedge_frames_encoded_total") >= encoded + 3);

        Assert.Equal(0, await service.MetricAsync("faceedge_delivery_seconds_count"));
    }

    [Fact(Timeout = 600_000)]
    public async Task A_page_of_the_version_before_acknowledges_the_oldest_frame_by_its_camera_alone()
    {
        await using var service = await RunningService.StartAsync();
        using var socket = await service.ConnectAsync("/api/v1/live");
        await SendAsync(socket, """{"watch":["camera"]}""");
        await ReceiveAsync(socket, WebSocketMessageType.Binary);
        await ReceiveAsync(socket, WebSocketMessageType.Binary);

        await socket.SendAsync(new byte[] { 0 }, WebSocketMessageType.Binary, true, Cancellation);

        Assert.NotEmpty(await ReceiveAsync(socket, WebSocketMessageType.Binary));
    }

    [Theory(Timeout = 600_000)]
    [InlineData("/api/v1/live")]
    [InlineData("/api/v1/camera")]
    [InlineData("/api/v1/camera?camera=visitor")]
    public async Task A_close_is_answered(string path)
    {
        await using var service = await RunningService.StartAsync("--Cameras:visitor:Url=browser:", "--Cameras:demo:Url=demo:?size=320x240");
        using var socket = await service.ConnectAsync(path);
        if (path == "/api/v1/live")
        {
            await SendAsync(socket, """{"watch":["demo"]}""");
            await ReceiveAsync(socket, WebSocketMessageType.Binary);
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);

        Assert.Equal(WebSocketState.Closed, socket.State);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_page_is_told_that_its_message_is_too_long()
    {
        await using var service = await RunningService.StartAsync();
        using var socket = await service.ConnectAsync("/api/v1/live");

        await SendAsync(socket, new string(' ', 20_000));
        await ReceiveAsync(socket, WebSocketMessageType.Close);

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, socket.CloseStatus);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_page_that_watches_nothing_costs_no_encoding()
    {
        await using var service = await RunningService.StartAsync();
        using var socket = await service.ConnectAsync("/api/v1/live");
        await SendAsync(socket, """{"watch":["camera"]}""");
        await ReceiveAsync(socket, WebSocketMessageType.Binary);

        await SendAsync(socket, """{"watch":[]}""");

        await RunningService.UntilAsync(async () => await service.MetricAsync("faceedge_viewers") == 0);
    }

    [Theory(Timeout = 600_000)]
    [InlineData("/api/v1/live")]
    [InlineData("/api/v1/camera")]
    public async Task A_page_of_another_host_may_not_connect(string path)
    {
        await using var service = await RunningService.StartAsync();

        await Assert.ThrowsAsync<WebSocketException>(() => service.ConnectAsync(path, "http://evil.example"));
    }

    [Fact(Timeout = 600_000)]
    public async Task Nonsense_from_a_page_is_passed_over()
    {
        await using var service = await RunningService.StartAsync();
        using var socket = await service.ConnectAsync("/api/v1/live");

        foreach (var nonsense in new[] { "{", "7", """{"watch":7}""", """{"watch":[{},null,"nobody"]}""", """{"watch":[],"watch":["\ud800"]}""" })
        {
            await SendAsync(socket, nonsense);
        }

        await socket.SendAsync(new byte[] { 200, 1 }, WebSocketMessageType.Binary, true, Cancellation);
        await SendAsync(socket, """{"watch":["CAMERA"]}""");
        Assert.NotEmpty(await ReceiveAsync(socket, WebSocketMessageType.Binary));
    }

    private static async Task AcknowledgeAsync(WebSocket socket, byte[] frame) =>
        await socket.SendAsync((byte[])[frame[0], .. frame[4..8]], WebSocketMessageType.Binary, true, Cancellation);

    internal static async Task SendAsync(WebSocket socket, string message) =>
        await socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, Cancellation);

    internal static async Task<byte[]> ReceiveAsync(WebSocket socket, WebSocketMessageType wanted)
    {
        while (true)
        {
            using var message = new MemoryStream();
            var buffer = new byte[16 * 1024];
            WebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer, Cancellation);
                message.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);

            if (part.MessageType == wanted || part.MessageType == WebSocketMessageType.Close)
            {
                return message.ToArray();
            }
        }
    }

    private static string? EventOf(byte[] message) => JsonDocument.Parse(message).RootElement.GetProperty("event").GetString();
}
