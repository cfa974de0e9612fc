namespace FaceEdge.Tests.Web;

public sealed class HeadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task HEAD_answers_as_GET_does_wherever_GET_is_answered()
    {
        await using var service = await RunningService.StartAsync();
        await service.FrameAsync();
        var description = await service.GetJsonAsync("/openapi/v1.json");
        var paths = description.GetProperty("paths").EnumerateObject()
            .Where(path => path.Value.TryGetProperty("get", out _))
            .Select(path => path.Name.Replace("{name}", "camera", StringComparison.Ordinal))
            .Concat(["/", "/page.js", "/metrics", "/openapi/v1.json", "/scalar/", "/nothing", "/cameras/none/stream.mjpg", "/api/v1/live"])
            .ToArray();

        Assert.Contains("/healthz", paths);
        foreach (var path in paths)
        {
            if (path.EndsWith("/snapshot.jpg", StringComparison.Ordinal))
            {
                // A busy machine answers 503 now and then.
                await service.SnapshotAsync(path);
            }

            using var get = await service.Client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            using var request = new HttpRequestMessage(HttpMethod.Head, path);
            using var head = await service.Client.SendAsync(request, Cancellation);

            Assert.Equal((path, get.StatusCode, get.Content.Headers.ContentType), (path, head.StatusCode, head.Content.Headers.ContentType));
            Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancellation));
        }
    }

    [Fact(Timeout = 600_000)]
    public async Task What_is_not_answered_to_GET_is_not_answered_to_HEAD()
    {
        await using var service = await RunningService.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, "/api/v1/detect");

        using var answer = await service.Client.SendAsync(request, Cancellation);

        Assert.Equal(System.Net.HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }
}
