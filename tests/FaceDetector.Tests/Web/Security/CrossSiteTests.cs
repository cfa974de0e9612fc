using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace FaceEdge.Tests.Web.Security;

public sealed class CrossSiteTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 600_000)]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_page_of_another_site_can_make_a_browser_send_nothing_that_changes_or_costs(string header, string value)
    {
        await using var service = await RunningService.StartAsync();
        service.Client.DefaultRequestHeaders.Add(header, value);

        var answers = new[]
        {
            await service.Client.PutAsync("/api/v1/settings", new StringContent("""{"mode":"eyes"}""", Encoding.UTF8, "application/json"), Cancellation),
            await service.Client.PostAsync("/api/v1/detect", new StringContent("x", Encoding.UTF8, "text/plain"), Cancellation),
            await service.Client.DeleteAsync("/api/v1/settings", Cancellation),
            await service.Client.SendAsync(new HttpRequestMessage(HttpMethod.Patch, "/"), Cancellation),
        };

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode));
        Assert.Equal("face", (await service.GetJsonAsync("/api/v1/settings")).GetProperty("mode").GetString());
    }

    [Theory(Timeout = 600_000)]
    [InlineData(null, null)]
    [InlineData("Origin", "{own}")]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    public async Task The_own_page_and_programs_are_let_through(string? header, string? value)
    {
        await using var service = await RunningService.StartAsync();
        if (header is not null)
        {
            service.Client.DefaultRequestHeaders.Add(header, value!.Replace("{own}", service.Client.BaseAddress!.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal));
        }

        var answer = await service.Client.PutAsync("/api/v1/settings", new StringContent("""{"mode":"eyes"}""", Encoding.UTF8, "application/json"), Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory(Timeout = 600_000)]
    [InlineData("/api/v1/live")]
    [InlineData("/api/v1/camera")]
    public async Task A_page_of_another_site_opens_no_WebSocket(string path)
    {
        await using var service = await RunningService.StartAsync();

        await Assert.ThrowsAsync<WebSocketException>(() => service.ConnectAsync(path, "https://evil.example"));
        await Assert.ThrowsAsync<WebSocketException>(() => service.ConnectAsync(path, "null"));
    }

    [Fact(Timeout = 600_000)]
    public async Task No_answer_lets_another_site_read_it()
    {
        await using var service = await RunningService.StartAsync();
        service.Client.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        foreach (var path in new[] { "/", "/api/v1/detections", "/api/v1/settings", "/metrics", "/openapi/v1.json", "/nothing" })
        {
            var answer = await service.Client.GetAsync(path, Cancellation);

            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
            Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        }
    }
}
