using System.Text.RegularExpressions;

namespace FaceEdge.Tests.Web.Security;

public sealed partial class SecurityHeadersTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task Every_answer_carries_the_headers_and_none_allows_inline_script()
    {
        await using var service = await RunningService.StartAsync();
        foreach (var path in new[] { "/", "/page.js", "/snapshot.jpg", "/api/v1/info", "/readyz?strict=perhaps", "/nothing", "/metrics", "/openapi/v1.json", "/scalar/" })
        {
            var answer = await service.Client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();

            Assert.DoesNotContain("unsafe", ScriptSources().Match(policy).Value, StringComparison.Ordinal);
            Assert.EndsWith("frame-ancestors 'self'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact(Timeout = 600_000)]
    public async Task The_API_reference_marks_its_scripts_with_a_nonce_of_each_answer()
    {
        await using var service = await RunningService.StartAsync();

        var (first, second) = (await NonceAsync(service), await NonceAsync(service));

        Assert.True(first.Length >= 16 && first != second);
    }

    [Fact(Timeout = 600_000)]
    public async Task Only_listed_origins_may_embed_the_page_and_show_its_frames()
    {
        await using var service = await RunningService.StartAsync("--Http:FrameAncestors=https://dashboard.example.com http://10.0.0.5:3000");

        var answer = await service.Client.GetAsync("/", Cancellation);

        Assert.EndsWith(
            "frame-ancestors 'self' https://dashboard.example.com http://10.0.0.5:3000", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("cross-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
    }

    [Theory(Timeout = 600_000)]
    [InlineData("--Http:FrameAncestors=https://a.example; script-src *")]
    [InlineData("--Http:FrameAncestors='unsafe-inline'")]
    [InlineData("--Http:AllowedHosts=https://a.example")]
    public async Task A_setting_cannot_add_to_the_policy(string setting)
    {
        var exception = await Assert.ThrowsAsync<FaceEdge.Configuration.SettingsException>(() => RunningService.StartAsync(setting));

        Assert.Contains("allowed is", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<string> NonceAsync(RunningService service)
    {
        var answer = await service.Client.GetAsync("/scalar/", Cancellation);
        var nonce = Nonce().Match(answer.Headers.GetValues("Content-Security-Policy").Single()).Groups[1].Value;
        var scripts = Script().Matches(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.NotEmpty(scripts);
        Assert.All(scripts, script => Assert.Contains($"nonce=\"{nonce}\"", script.Value, StringComparison.Ordinal));
        return nonce;
    }

    [GeneratedRegex("script-src[^;]*")]
    private static partial Regex ScriptSources();

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Script();
}
