using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using FaceEdge.Web;

namespace FaceEdge.Tests.Web;

public sealed partial class ServiceSurfaceTests
{
    /// <summary>Page, scripts and styles together: so much opens within two seconds over 500 kbit/s.</summary>
    private const int MaxPageBytes = 100_000;

    private const string Prefix = "FaceEdge.Web.wwwroot.";

    private const string Password = "pa55-with-@-in-it";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task Camera_credentials_appear_in_no_answer_and_no_log()
    {
        await using var service = await RunningService.StartAsync(
            $"--Cameras:door:Url=rtsp://keeper:{Password}@127.0.0.1:1/stream", "--Cameras:web:Url=http://keeper:s3cr3t-word@127.0.0.1:1/x.jpg?token=t0k3n-word");
        await RunningService.UntilAsync(async () =>
            (await service.GetJsonAsync("/api/v1/cameras")).EnumerateArray().All(camera => camera.GetProperty("state").GetString() == "noSignal"));

        var everything = service.Log;
        foreach (var path in new[] { "/", "/page.js", "/api/v1/cameras", "/api/v1/info", "/api/v1/detections", "/api/v1/settings", "/readyz", "/metrics", "/openapi/v1.json" })
        {
            everything += await service.Client.GetStringAsync(path, Cancellation);
        }

        foreach (var secret in new[] { Password, "pa55-with", "s3cr3t-word", "t0k3n-word", "keeper" })
        {
            Assert.DoesNotContain(secret, everything, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = 600_000)]
    public async Task A_lost_camera_leaves_the_service_alive_and_ready_but_degraded()
    {
        await using var service = await RunningService.StartAsync("--Cameras:door:Url=http://127.0.0.1:1/snapshot.jpg");
        await RunningService.UntilAsync(async () => (await service.GetJsonAsync("/api/v1/cameras"))[0].GetProperty("state").GetString() == "noSignal");

        var alive = await service.Client.GetAsync("/healthz", Cancellation);
        var ready = await service.Client.GetAsync("/readyz", Cancellation);
        var strict = await service.Client.GetAsync("/readyz?strict=true", Cancellation);

        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, strict.StatusCode);
        Assert.Contains("camera door: no signal since", await strict.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.SkipWhen(ready.StatusCode == HttpStatusCode.ServiceUnavailable, "There is no model on this machine.");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_lost_camera_still_has_a_frame()
    {
        await using var service = await RunningService.StartAsync("--Cameras:door:Url=http://127.0.0.1:1/snapshot.jpg");

        Assert.Equal([0xff, 0xd8], (await service.SnapshotAsync("/snapshot.jpg"))[..2]);
    }

    [Fact(Timeout = 600_000)]
    public async Task The_page_and_all_its_parts_come_from_the_service_itself()
    {
        await using var service = await RunningService.StartAsync();
        var page = await service.Client.GetAsync("/", Cancellation);
        var html = await page.Content.ReadAsStringAsync(Cancellation);

        Assert.Contains("script-src 'self';", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        foreach (var part in Parts())
        {
            html += await service.Client.GetStringAsync("/" + part, Cancellation);
        }

        Assert.Empty(ForeignAddress().Matches(html).Select(match => match.Value));
        Assert.Contains("/page.js", "/" + string.Join('/', Parts()), StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(html), 1, MaxPageBytes);
    }

    [Fact(Timeout = 600_000)]
    public async Task The_API_reference_works_without_the_internet()
    {
        await using var service = await RunningService.StartAsync();

        var html = await service.Client.GetStringAsync("/scalar/", Cancellation);
        var document = await service.GetJsonAsync("/openapi/v1.json");

        Assert.Empty(ForeignAddress().Matches(html).Select(match => match.Value));
        Assert.True(document.GetProperty("paths").TryGetProperty("/api/v1/detect", out _));
    }

    [Theory(Timeout = 600_000)]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/detections?camera=roof", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/live", HttpStatusCode.UpgradeRequired)]
    [InlineData("/api/v1/camera", HttpStatusCode.UpgradeRequired)]
    [InlineData("/readyz?strict=perhaps", HttpStatusCode.BadRequest)]
    public async Task Errors_are_problem_details(string path, HttpStatusCode expected)
    {
        await using var service = await RunningService.StartAsync();

        var answer = await service.Client.GetAsync(path, Cancellation);

        Assert.Equal((expected, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    /// <summary>The files of the page, beside the page itself.</summary>
    private static string[] Parts() =>
    [
        .. typeof(ServiceHost).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !name.EndsWith("index.html", StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..]),
    ];

    [GeneratedRegex("""(?:src|href|import|url\(|fetch\()[=\s("']*(?:https?:)?//(?!www\.w3\.org)[^"'\s)]+""")]
    private static partial Regex ForeignAddress();
}
