using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace FaceEdge.Tests.Web;

public sealed class DetectApiTests : IAsyncLifetime
{
    private RunningService _service = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _service = await RunningService.StartAsync("--Upload:MaxBytes=200000", "--Upload:MaxPixels=1000000");

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact(Timeout = 600_000)]
    public async Task A_picture_comes_back_as_faces()
    {
        await RequireModelAsync();
        var answer = await PostAsync(await _service.FrameAsync());

        var faces = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).RootElement;
        Assert.Equal((320, 240), (faces.GetProperty("width").GetInt32(), faces.GetProperty("height").GetInt32()));
        Assert.All(faces.GetProperty("faces").EnumerateArray(), face => Assert.Equal(2, face.GetProperty("eyes").GetArrayLength()));
        Assert.True(faces.GetProperty("milliseconds").GetProperty("inference").GetDouble() > 0);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_picture_comes_back_annotated_when_Accept_prefers_one()
    {
        await RequireModelAsync();
        var answer = await PostAsync(await _service.FrameAsync(), "image/jpeg, application/json;q=0.5");

        Assert.Equal("image/jpeg", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal([0xff, 0xd8], (await answer.Content.ReadAsByteArrayAsync(Cancellation))[..2]);
    }

    [Fact(Timeout = 600_000)]
    public async Task What_is_no_picture_is_a_problem_of_the_sender()
    {
        await RequireModelAsync();
        await AssertProblemAsync(HttpStatusCode.UnprocessableEntity, []);
        await AssertProblemAsync(HttpStatusCode.UnprocessableEntity, "GIF89a"u8.ToArray());
        await AssertProblemAsync(HttpStatusCode.UnprocessableEntity, [0xff, 0xd8, 0xff]);
        var picture = await _service.FrameAsync();
        await AssertProblemAsync(HttpStatusCode.UnprocessableEntity, picture[..(picture.Length / 2)]);
        await AssertProblemAsync(HttpStatusCode.UnprocessableEntity, DecompressionBomb());
    }

    [Fact(Timeout = 600_000)]
    public async Task A_picture_over_the_limit_is_refused()
    {
        await RequireModelAsync();
        await AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, new byte[200_001]);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_form_is_told_how_to_send_a_picture()
    {
        var answer = await _service.Client.PostAsync(
            "/api/v1/detect", new MultipartFormDataContent { { new ByteArrayContent([1]), "file", "a.jpg" } }, Cancellation);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains("Send the picture itself as the body", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory(Timeout = 600_000)]
    [InlineData(null)]
    [InlineData("image/webp")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_picture_is_known_by_its_bytes_whatever_the_sender_calls_it(string? contentType)
    {
        await RequireModelAsync();

        var answer = await PostAsync(await _service.FrameAsync(), contentType: contentType);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>The header of a PNG of 60,000 × 60,000 pixels.</summary>
    private static byte[] DecompressionBomb() =>
    [
        0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52,
        0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60, 8, 2, 0, 0, 0, 0, 0, 0, 0,
    ];

    private async Task RequireModelAsync() => Assert.SkipWhen(
        (await _service.GetJsonAsync("/api/v1/info")).GetProperty("model").ValueKind == JsonValueKind.Null, "There is no model on this machine.");

    private async Task AssertProblemAsync(HttpStatusCode expected, byte[] body)
    {
        var answer = await PostAsync(body);

        Assert.Equal((expected, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    private Task<HttpResponseMessage> PostAsync(byte[] body, string? accept = null, string? contentType = "application/octet-stream")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/detect") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = contentType is null ? null : new MediaTypeHeaderValue(contentType);
        if (accept is not null)
        {
            request.Headers.Accept.ParseAdd(accept);
        }

        return _service.Client.SendAsync(request, Cancellation);
    }
}
