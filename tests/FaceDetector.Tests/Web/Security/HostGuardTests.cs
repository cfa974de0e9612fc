using System.Net;
using FaceEdge.Web.Security;

namespace FaceEdge.Tests.Web.Security;

public sealed class HostGuardTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("10.0.0.7", true)]
    [InlineData("[fe80::1]", true)]
    [InlineData("localhost", true)]
    [InlineData("site-7", true)]
    [InlineData("camera.local", true)]
    [InlineData("face-detector.face-detector.svc.cluster.local", true)]
    [InlineData("face-detector.face-detector.svc", true)]
    [InlineData("", true)]
    [InlineData("faces.example.com", true)]
    [InlineData("FACES.example.com.", true)]
    [InlineData("a.sites.example.com", true)]
    [InlineData("evil.example", false)]
    [InlineData("example.com", false)]
    [InlineData("sites.example.com", false)]
    [InlineData("faces.example.com.evil.example", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("notlocal", true)]
    [InlineData("evil.notlocal", false)]
    public void A_name_that_a_stranger_may_own_is_refused_unless_it_is_listed(string host, bool own) =>
        Assert.Equal(own, HostGuard.IsOwn(host, ["faces.example.com", "*.sites.example.com"]));

    [Theory(Timeout = 600_000)]
    [InlineData("/")]
    [InlineData("/snapshot.jpg")]
    [InlineData("/stream.mjpg")]
    [InlineData("/api/v1/detections")]
    [InlineData("/api/v1/live")]
    [InlineData("/api/v1/settings")]
    [InlineData("/metrics")]
    public async Task A_page_whose_name_was_turned_to_this_site_reads_nothing(string path)
    {
        await using var service = await RunningService.StartAsync();
        service.Client.DefaultRequestHeaders.Host = "evil.example";

        var answer = await service.Client.GetAsync(path, Cancellation);

        Assert.Equal((HttpStatusCode.MisdirectedRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("Http:AllowedHosts", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_listed_name_is_served()
    {
        await using var service = await RunningService.StartAsync("--Http:AllowedHosts=faces.example.com;*.sites.example.com");
        service.Client.DefaultRequestHeaders.Host = "north.sites.example.com:8080";

        Assert.Equal(HttpStatusCode.OK, (await service.Client.GetAsync("/", Cancellation)).StatusCode);
    }
}
