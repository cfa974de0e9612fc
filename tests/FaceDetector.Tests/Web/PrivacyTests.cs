using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using FaceEdge.Detection;
using FaceEdge.Imaging;
using FaceEdge.Tests.Detection.Onnx;
using FaceEdge.Tests.Models;
using FaceEdge.Tests.Privacy;

namespace FaceEdge.Tests.Web;

/// <summary>Every path by which a frame or an uploaded picture leaves a running service, and who may change what it shows.</summary>
public sealed class PrivacyTests : IDisposable
{
    private const string Key = "opensesame-1234";

    private static readonly Box Face = DetailedFace.At(4, 3);

    private readonly TemporaryFolder _folder = new();
    private readonly IImagingBackend _imaging = ImagingBackends.Select(new ImagingOptions()).Backend;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 600_000)]
    public async Task No_way_out_shows_a_face_in_mode_blur()
    {
        await using var service = await StartAsync("--Privacy:Mode=blur");

        Assert.InRange(Detail(await service.FrameAsync()), 0, DetailedFace.Hidden);
        Assert.InRange(Detail(await FromStreamAsync(service)), 0, DetailedFace.Hidden);
        Assert.InRange(Detail(await FromPageAsync(service)), 0, DetailedFace.Hidden);
        Assert.InRange(Detail(await UploadAsync(service)), 0, DetailedFace.Hidden);
    }

    [Fact(Timeout = 600_000)]
    public async Task Every_way_out_shows_it_in_mode_none()
    {
        await using var service = await StartAsync();

        Assert.InRange(Detail(await service.FrameAsync()), DetailedFace.Shown, 255);
        Assert.InRange(Detail(await FromStreamAsync(service)), DetailedFace.Shown, 255);
        Assert.InRange(Detail(await FromPageAsync(service)), DetailedFace.Shown, 255);
        Assert.InRange(Detail(await UploadAsync(service)), DetailedFace.Shown, 255);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_camera_may_hide_more_than_its_site()
    {
        await using var service = await StartAsync("--Cameras:door:Privacy=blur");

        Assert.InRange(Detail(await service.FrameAsync()), 0, DetailedFace.Hidden);
        Assert.Equal("blur", (await service.GetJsonAsync("/api/v1/cameras"))[0].GetProperty("privacy").GetString());
        Assert.Equal("none", (await service.GetJsonAsync("/api/v1/info")).GetProperty("privacy").GetString());
    }

    [Fact(Timeout = 600_000)]
    public async Task A_masked_face_is_black_and_not_found()
    {
        await using var service = await StartAsync("--Cameras:door:Masks=0.3,0.3 0.6,0.3 0.6,0.7 0.3,0.7");

        using var pool = new FramePool();
        using var shown = _imaging.Decode(await service.FrameAsync(), ImageLimits.Default, pool);
        var middle = (int)(Face.Centre.Y * shown.Stride) + ((int)Face.Centre.X * 3);
        Assert.InRange(shown.Pixels[middle], 0, 8);
        Assert.Equal(0, (await service.GetJsonAsync("/api/v1/detections")).GetProperty("faces").GetArrayLength());
    }

    [Fact(Timeout = 600_000)]
    public async Task A_turned_and_cut_camera_is_searched_and_shown_as_it_is_seen()
    {
        // The square stands at 128,96 of 320x240: turned by a quarter at 112,128 of 240x320, and of the lower three quarters of that at 112,48.
        await using var service = await StartAsync("--Cameras:door:Rotate=90", "--Cameras:door:Crop=0,0.25,1,0.75", "--Detector:InputSide=256");

        using var pool = new FramePool();
        using var shown = _imaging.Decode(await service.FrameAsync(), ImageLimits.Default, pool);
        var detections = await service.GetJsonAsync("/api/v1/detections");

        Assert.Equal((240, 240), (shown.Width, shown.Height));
        Assert.Equal((240, 240), (detections.GetProperty("width").GetInt32(), detections.GetProperty("height").GetInt32()));
        Assert.InRange(DetailedFace.DetailIn(shown, new Box(112, 68, Face.Width, 8)), DetailedFace.Shown, 255);
    }

    [Fact(Timeout = 600_000)]
    public async Task Hiding_more_needs_no_key_from_this_host()
    {
        await using var service = await RunningService.StartAsync();

        Assert.Equal(HttpStatusCode.OK, await PutAsync(service, """{"privacy":"blur"}"""));
        Assert.Equal("blur", (await service.GetJsonAsync("/api/v1/info")).GetProperty("privacy").GetString());
        Assert.Contains("Privacy is tightened from None to Blur", service.Log, StringComparison.Ordinal);
    }

    [Theory(Timeout = 600_000)]
    [InlineData("""{"privacy":"none"}""")]
    [InlineData("""{"privacy":"blur","title":"Lobby"}""")]
    [InlineData("""{"privacy":null}""")]
    public async Task Showing_more_is_refused_from_this_host_where_there_is_no_key(string change)
    {
        await using var service = await RunningService.StartAsync();
        await PutAsync(service, """{"privacy":"boxes"}""");

        Assert.Equal(HttpStatusCode.Forbidden, await PutAsync(service, change));
        Assert.Equal("boxes", (await service.GetJsonAsync("/api/v1/settings")).GetProperty("privacy").GetString());
        Assert.NotEqual("Lobby", (await service.GetJsonAsync("/api/v1/settings")).GetProperty("title").GetString());
    }

    [Fact(Timeout = 600_000)]
    public async Task Showing_more_asks_for_the_key_and_leaves_a_trace()
    {
        await using var service = await RunningService.StartAsync("--Privacy:Mode=boxes", $"--Api:Key={Key}");

        Assert.Equal(HttpStatusCode.Unauthorized, await PutAsync(service, """{"privacy":"none"}"""));
        service.Client.DefaultRequestHeaders.Add("X-Api-Key", Key);
        Assert.Equal(HttpStatusCode.OK, await PutAsync(service, """{"privacy":"none"}"""));
        Assert.Contains("Privacy is loosened from Boxes to None by 127.0.0.1", service.Log, StringComparison.Ordinal);
    }

    private async Task<RunningService> StartAsync(params string[] settings)
    {
        var model = Path.Combine(_folder.Path, "square.onnx");
        await File.WriteAllBytesAsync(model, SquareModel.Build("height", "width"), Cancellation);
        await File.WriteAllBytesAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.Path, "camera")).FullName, "face.jpg"), Picture(), Cancellation);
        return await RunningService.StartAsync(
            [$"--Detector:Model={model}", "--Detector:Mode=eyes", $"--Cameras:door:Url={Path.Combine(_folder.Path, "camera")}", "--Cameras:door:PictureSeconds=0.2", .. settings]);
    }

    private byte[] Picture()
    {
        using var pool = new FramePool();
        using var frame = pool.Rent(DetailedFace.Width, DetailedFace.Height);
        DetailedFace.Clear(frame);
        DetailedFace.Paint(frame, Face);
        var jpeg = new System.Buffers.ArrayBufferWriter<byte>();
        _imaging.EncodeJpeg(frame, 95, jpeg);
        return jpeg.WrittenSpan.ToArray();
    }

    private double Detail(byte[] jpeg)
    {
        using var pool = new FramePool();
        using var frame = _imaging.Decode(jpeg, ImageLimits.Default, pool);

        // Below the boxes around the eyes.
        return DetailedFace.DetailIn(frame, new Box(Face.X, Face.Y + 20, Face.Width, 8));
    }

    private async Task<byte[]> UploadAsync(RunningService service)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/detect") { Content = new ByteArrayContent(Picture()) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("image/jpeg"));
        using var answer = await service.Client.SendAsync(request, Cancellation);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync(Cancellation);
    }

    private static async Task<byte[]> FromStreamAsync(RunningService service)
    {
        await using var stream = await service.Client.GetStreamAsync("/stream.mjpg", Cancellation);
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, Cancellation);
            head.Append((char)one[0]);
        }

        var length = head.ToString().Split("Content-Length: ")[1].Split("\r\n")[0];
        var jpeg = new byte[int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(jpeg, Cancellation);
        return jpeg;
    }

    private static async Task<byte[]> FromPageAsync(RunningService service)
    {
        using var socket = await service.ConnectAsync("/api/v1/live");
        await socket.SendAsync("""{"watch":["door"]}"""u8.ToArray(), WebSocketMessageType.Text, true, Cancellation);
        var buffer = new byte[1 << 20];
        while (true)
        {
            var length = 0;
            WebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), Cancellation);
                length += part.Count;
            }
            while (!part.EndOfMessage);

            if (part.MessageType == WebSocketMessageType.Binary)
            {
                return buffer[20..length];
            }
        }
    }

    private static async Task<HttpStatusCode> PutAsync(RunningService service, string body)
    {
        using var answer = await service.Client.PutAsync("/api/v1/settings", new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);
        return answer.StatusCode;
    }
}
