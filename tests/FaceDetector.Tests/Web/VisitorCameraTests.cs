using System.Net.WebSockets;
using System.Text.Json;
using FaceEdge.Tests.Imaging;

namespace FaceEdge.Tests.Web;

public sealed class VisitorCameraTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task Each_frame_is_answered_and_a_bad_one_does_not_end_the_session()
    {
        await using var service = await RunningService.StartAsync();
        await RequireModelAsync(service);
        var frame = await service.FrameAsync();
        using var socket = await service.ConnectAsync("/api/v1/camera");

        var bad = await ExchangeAsync(socket, [1, 2, 3]);
        var good = await ExchangeAsync(socket, frame);

        Assert.Equal((1, JsonValueKind.String), (bad.GetProperty("number").GetInt32(), bad.GetProperty("error").ValueKind));
        Assert.Equal((2, 320), (good.GetProperty("number").GetInt32(), good.GetProperty("width").GetInt32()));
        Assert.Equal(JsonValueKind.Array, good.GetProperty("faces").ValueKind);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_frame_over_the_limit_ends_the_session()
    {
        await using var service = await RunningService.StartAsync("--Upload:MaxBytes=1024");
        await RequireModelAsync(service);
        using var socket = await service.ConnectAsync("/api/v1/camera");

        await socket.SendAsync(new byte[4096], WebSocketMessageType.Binary, true, Cancellation);
        await LiveSocketTests.ReceiveAsync(socket, WebSocketMessageType.Text);

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, socket.CloseStatus);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_visitor_may_be_the_camera_of_the_site()
    {
        await using var service = await RunningService.StartAsync("--Cameras:visitor:Url=browser:", "--Cameras:zdemo:Url=demo:?size=320x240&fps=10");
        await RunningService.UntilAsync(async () => (await service.GetJsonAsync("/api/v1/cameras"))[1].GetProperty("state").GetString() == "live");
        var frame = Samples.Jpeg(320, 240);
        using var socket = await service.ConnectAsync("/api/v1/camera?camera=visitor");

        await RunningService.UntilAsync(async () =>
        {
            await socket.SendAsync(frame, WebSocketMessageType.Binary, true, Cancellation);
            return (await service.GetJsonAsync("/api/v1/cameras"))[0].GetProperty("state").GetString() == "live";
        });

        await Assert.ThrowsAsync<WebSocketException>(() => service.ConnectAsync("/api/v1/camera?camera=visitor"));
        await Assert.ThrowsAsync<WebSocketException>(() => service.ConnectAsync("/api/v1/camera?camera=zdemo"));
    }

    private static async Task RequireModelAsync(RunningService service) => Assert.SkipWhen(
        (await service.GetJsonAsync("/api/v1/info")).GetProperty("model").ValueKind == JsonValueKind.Null, "There is no model on this machine.");

    private static async Task<JsonElement> ExchangeAsync(WebSocket socket, byte[] frame)
    {
        await socket.SendAsync(frame, WebSocketMessageType.Binary, true, Cancellation);
        return JsonDocument.Parse(await LiveSocketTests.ReceiveAsync(socket, WebSocketMessageType.Text)).RootElement;
    }
}
