using System.Net;
using System.Net.WebSockets;
using System.Text;
using CsCheck;
using FaceEdge.Web.SignIn;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FaceEdge.Tests.Web;

public sealed class SignInTests
{
    private const string Key = "a-key-to-look";
    private const string WithKey = "--Page:Key=" + Key;

    private static readonly string[] Open = ["/healthz", "/readyz", "/metrics", "/sign-in", "/sign-out", "/favicon.svg"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task Without_a_key_everybody_looks_and_there_is_no_place_to_sign_in()
    {
        await using var service = await RunningService.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await service.Client.GetAsync("/", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await service.Client.GetAsync("/sign-in", Cancellation)).StatusCode);
        Assert.False((await service.GetJsonAsync("/api/v1/info")).GetProperty("signIn").GetBoolean());
    }

    [Fact(Timeout = 600_000)]
    public async Task Whatever_the_service_has_asks_for_the_key_but_for_what_watches_over_it()
    {
        await using var service = await RunningService.StartAsync(WithKey);
        using var stranger = new Visitor(service);
        var endpoints = service.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/').Replace("{name}", "camera", StringComparison.Ordinal))
            .Select(path => path.Contains('{', StringComparison.Ordinal) ? path[..path.IndexOf('{', StringComparison.Ordinal)] : path);
        string[] files = ["/", "/index.html", "/page.js", "/page.css", "/favicon.svg", "/nothing"];

        foreach (var path in endpoints.Concat(files).Distinct())
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Post, HttpMethod.Put })
            {
                using var answer = await stranger.Client.SendAsync(new HttpRequestMessage(method, path), HttpCompletionOption.ResponseHeadersRead, Cancellation);
                Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized != Open.Contains(path) || path == "/sign-in", $"{method} {path}: {answer.StatusCode}");
            }
        }

        await Assert.ThrowsAsync<WebSocketException>(() => service.ConnectAsync("/api/v1/live"));
        await Assert.ThrowsAsync<WebSocketException>(() => service.ConnectAsync("/api/v1/camera"));
    }

    [Theory(Timeout = 600_000)]
    [InlineData("X-Page-Key", Key, HttpStatusCode.OK)]
    [InlineData("X-Page-Key", Key + "!", HttpStatusCode.Unauthorized)]
    [InlineData("X-Page-Key", "", HttpStatusCode.Unauthorized)]
    [InlineData("Authorization", "Basic " + Key, HttpStatusCode.OK)]
    [InlineData("Authorization", "Basic wrong", HttpStatusCode.Unauthorized)]
    [InlineData("Authorization", "Basic !", HttpStatusCode.Unauthorized)]
    [InlineData("Authorization", "Bearer " + Key, HttpStatusCode.Unauthorized)]
    [InlineData("Cookie", "faceedge-sign-in=CfDJ8nonsense", HttpStatusCode.Unauthorized)]
    public async Task A_program_sends_the_key(string header, string value, HttpStatusCode status)
    {
        await using var service = await RunningService.StartAsync(WithKey);
        if (value.StartsWith("Basic ", StringComparison.Ordinal) && value.Length > 7)
        {
            value = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("anybody:" + value[6..]));
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/info");
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await service.Client.SendAsync(request, Cancellation);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact(Timeout = 600_000)]
    public async Task After_too_many_wrong_keys_the_right_one_is_not_looked_at_and_who_is_in_stays_in()
    {
        await using var service = await RunningService.StartAsync(WithKey, "--Http:KeyTriesPerMinute=3");
        using var visitor = new Visitor(service);
        await visitor.SignInAsync(Key);
        using var stranger = new Visitor(service);
        for (var i = 0; i < 3; i++)
        {
            Assert.Contains((await stranger.SignInAsync("guess " + i)).StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests });
        }

        // Where a minute is over in between, the tries begin anew.
        var late = await stranger.SignInAsync(Key);
        for (var i = 3; late.StatusCode != HttpStatusCode.TooManyRequests; i++)
        {
            while ((await stranger.SignInAsync("guess " + i)).StatusCode != HttpStatusCode.TooManyRequests)
            {
            }

            late = await stranger.SignInAsync(Key);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, late.StatusCode);
        Assert.NotNull(late.Headers.RetryAfter);
        Assert.Contains("Wait a minute", await late.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await visitor.Client.GetAsync("/api/v1/info", Cancellation)).StatusCode);
    }

    [Theory(Timeout = 600_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_signs_in_looks_at_everything_until_the_sign_out(bool remember)
    {
        await using var service = await RunningService.StartAsync(WithKey);
        using var visitor = new Visitor(service);

        var led = await visitor.OpenAsync("/?camera=camera");
        var asked = await visitor.OpenAsync("/" + led.Headers.Location?.OriginalString);
        var signedIn = await visitor.SignInAsync(Key, remember, "?camera=camera");

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.OK), (led.StatusCode, asked.StatusCode));
        Assert.Contains("""<input type="hidden" name="to" value="?camera=camera">""", await asked.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.SeeOther, "./?camera=camera"), (signedIn.StatusCode, signedIn.Headers.Location?.OriginalString));
        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(remember, cookie.Contains("expires=", StringComparison.OrdinalIgnoreCase));
        foreach (var path in new[] { "/", "/page.js", "/api/v1/info", "/stream.mjpg", "/openapi/v1.json" })
        {
            Assert.Equal(HttpStatusCode.OK, (await visitor.Client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancellation)).StatusCode);
        }

        Assert.Contains("Sign out", await (await visitor.OpenAsync("/sign-in")).Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        await visitor.Client.PostAsync("/sign-out", null, Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.Client.GetAsync("/api/v1/info", Cancellation)).StatusCode);
    }

    [Theory(Timeout = 600_000)]
    [InlineData("/", "sign-in")]
    [InlineData("/?camera=hall&wall", "sign-in?to=%3Fcamera%3Dhall%26wall")]
    [InlineData("/cameras/camera/snapshot.jpg", "../../sign-in?to=cameras%2Fcamera%2Fsnapshot.jpg")]
    [InlineData("/?camera=\"><script>", "sign-in?to=%3Fcamera%3D%2522%253E%253Cscript%253E")]
    public async Task A_browser_that_opens_an_address_is_led_to_the_sign_in_below_whatever_path_a_proxy_adds(string opened, string location)
    {
        await using var service = await RunningService.StartAsync(WithKey);
        using var visitor = new Visitor(service);

        var answer = await visitor.OpenAsync(opened);

        Assert.Equal((HttpStatusCode.SeeOther, location), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_browser_reads_that_a_key_was_wrong_and_a_program_gets_the_status()
    {
        await using var service = await RunningService.StartAsync(WithKey);
        using var visitor = new Visitor(service);

        var program = await visitor.SignInAsync("wrong");
        visitor.Client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var browser = await visitor.SignInAsync("wrong");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (program.StatusCode, browser.StatusCode));
        Assert.Contains("That was not the key.", await browser.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.False(browser.Headers.Contains("Set-Cookie"));
    }

    [Fact(Timeout = 600_000)]
    public async Task A_sign_in_outlives_the_service_where_it_has_a_folder_and_holds_at_its_neighbour_but_not_for_another_key()
    {
        using var folder = new Models.TemporaryFolder();
        var path = "--Counts:Path=" + folder.Path;
        string cookie;
        await using (var first = await RunningService.StartAsync(WithKey, path))
        {
            await using var neighbour = await RunningService.StartAsync(WithKey, path);
            using var visitor = new Visitor(first);
            cookie = (await visitor.SignInAsync(Key)).Headers.GetValues("Set-Cookie").Single().Split(';')[0];
            Assert.Equal(HttpStatusCode.OK, await AskAsync(neighbour, cookie));
        }

        await using var again = await RunningService.StartAsync(WithKey, path);
        await using var other = await RunningService.StartAsync("--Page:Key=another-key-to-look", path);
        await using var elsewhere = await RunningService.StartAsync(WithKey);

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized],
            [await AskAsync(again, cookie), await AskAsync(other, cookie), await AskAsync(elsewhere, cookie)]);
    }

    [Fact(Timeout = 600_000)]
    public async Task Neither_a_broken_key_nor_a_folder_that_is_none_keeps_anybody_out()
    {
        using var folder = new Models.TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "sign-in"));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "sign-in", "key-1.xml"), "<key", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "file"), "", Cancellation);
        await using var broken = await RunningService.StartAsync(WithKey, "--Counts:Path=" + folder.Path);
        await using var none = await RunningService.StartAsync(WithKey, "--Counts:Path=" + Path.Combine(folder.Path, "file"));

        foreach (var service in new[] { broken, none })
        {
            using var visitor = new Visitor(service);
            await visitor.SignInAsync(Key);
            Assert.Equal(HttpStatusCode.OK, (await visitor.Client.GetAsync("/api/v1/info", Cancellation)).StatusCode);
        }

        Assert.Contains("key-1.xml cannot be read", broken.Log, StringComparison.Ordinal);
        Assert.Contains("sign in again after the next start", none.Log, StringComparison.Ordinal);
    }

    [Theory(Timeout = 600_000)]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "key=x")]
    [InlineData("application/x-www-form-urlencoded", "many")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Type: text/plain\r\n\r\n\r\n--x--")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\n")]
    [InlineData("multipart/form-data; boundary=long", "--b")]
    public async Task A_broken_form_is_its_sender_s_fault_and_fills_no_log(string type, string body)
    {
        await using var service = await RunningService.StartAsync(WithKey);
        using var content = new StringContent(body == "many" ? string.Concat(Enumerable.Repeat("a=b&", 3000)) : body);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type.Replace("=long", "=" + new string('b', 500), StringComparison.Ordinal));

        using var answer = await service.Client.PostAsync("/sign-in", content, Cancellation);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("The form cannot be read: ", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.DoesNotContain("unhandled exception", service.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_it_goes_after_the_sign_in_is_this_site_whatever_the_form_says()
        => Gen.OneOf(Gen.String, Gen.String[Gen.Char["/\\.:?#@a%2"]], Gen.Const("//evil.example"), Gen.Const("http://evil.example/")).Sample(to =>
        {
            if (SignInPage.IsAddress(to))
            {
                var location = new Uri(new Uri("http://site.example:8080/below/sign-in"), "./" + to);
                Assert.Equal("http://site.example:8080", location.GetLeftPart(UriPartial.Authority));
            }
        });

    [Fact(Timeout = 600_000)]
    public async Task A_title_is_text_on_the_page_and_a_page_of_another_site_signs_nobody_in()
    {
        await using var service = await RunningService.StartAsync(WithKey, "--Page:Title=<script>alert(1)</script>");
        using var visitor = new Visitor(service);
        visitor.Client.DefaultRequestHeaders.Add("Origin", "http://evil.example");

        var page = await (await visitor.OpenAsync("/sign-in")).Content.ReadAsStringAsync(Cancellation);

        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.SignInAsync(Key)).StatusCode);
    }

    private static async Task<HttpStatusCode> AskAsync(RunningService service, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service.Client.BaseAddress!, "/api/v1/info"));
        request.Headers.Add("Cookie", cookie);
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false });
        return (await client.SendAsync(request, Cancellation)).StatusCode;
    }

    /// <summary>A browser that keeps cookies and stays where a redirect was told.</summary>
    private sealed class Visitor(RunningService service) : IDisposable
    {
        public HttpClient Client { get; } = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = service.Client.BaseAddress, Timeout = Timeout.InfiniteTimeSpan };

        public async Task<HttpResponseMessage> OpenAsync(string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Accept.ParseAdd("text/html");
            return await Client.SendAsync(request, Cancellation);
        }

        public async Task<HttpResponseMessage> SignInAsync(string key, bool remember = false, string to = "")
        {
            var form = new Dictionary<string, string> { ["username"] = "visitor", ["key"] = key, ["to"] = to };
            if (remember)
            {
                form["remember"] = "on";
            }

            using var content = new FormUrlEncodedContent(form);
            return await Client.PostAsync("/sign-in", content, Cancellation);
        }

        public void Dispose() => Client.Dispose();
    }
}
