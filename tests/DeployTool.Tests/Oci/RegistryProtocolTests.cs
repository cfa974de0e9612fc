using System.Net;
using System.Text;
using System.Text.Json;
using FaceEdge.Contracts;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Tests.Commands;

namespace FaceEdge.Deploy.Tests.Oci;

/// <summary>Tokens, throttling and broken answers, with a front of the test's own before a real registry.</summary>
public sealed class RegistryProtocolTests
{
    private const string Revision = "0123456789abcdef0123456789abcdef01234567";

    [Fact]
    public async Task A_bearer_challenge_is_answered_with_an_anonymous_token_that_is_kept()
    {
        await using var registry = await LocalRegistry.StartAsync();
        await registry.PushGoodAsync("1.0.0", Revision);
        await using var front = TokenFront(registry, credentials: null, lifetime: 300);

        Assert.Equal("0", await VerifyImageTests.RulesAsync($"{front.Name}:1.0.0"));

        var token = Assert.Single(front.Requests, request => request.StartsWith("GET /token", StringComparison.Ordinal));
        Assert.Equal($"GET /token?service=test&scope=repository%3A{Uri.EscapeDataString(LocalRegistry.Repository)}%3Apull", token);
    }

    [Fact]
    public async Task A_private_registry_gets_the_login_given_on_standard_input()
    {
        await using var registry = await LocalRegistry.StartAsync();
        await registry.PushGoodAsync("1.0.0", Revision);
        await using var front = TokenFront(registry, credentials: "robot:s3cret", lifetime: 300);
        using var password = new StringReader("s3cret\n");

        var with = await RunAsync(front, new InstantTime(), password, "--username", "robot", "--password-stdin");
        var without = await RunAsync(front, new InstantTime());

        Assert.Equal((0, 3), (with.Status, without.Status));
        Assert.Contains("denied access", without.Error);
        Assert.Contains("docker login", without.Error);
    }

    [Fact]
    public async Task A_token_without_lifetime_is_asked_for_again_after_a_minute()
    {
        await using var registry = await LocalRegistry.StartAsync();
        await registry.PushGoodAsync("1.0.0", Revision);
        var time = new InstantTime();
        var throttled = 0;
        await using var front = TokenFront(
            registry,
            credentials: null,
            lifetime: null,
            before: context => context.Request.HttpMethod == "HEAD" && Interlocked.Increment(ref throttled) == 1
                && RegistryFront.Status(context, 429, answer => answer.Headers["Retry-After"] = "58"));

        Assert.Equal(0, (await RunAsync(front, time)).Status);

        Assert.Equal(2, front.Requests.Count(request => request.StartsWith("GET /token", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Basic_authentication_is_answered_too()
    {
        await using var registry = await LocalRegistry.StartAsync();
        await registry.PushGoodAsync("1.0.0", Revision);
        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("robot:s3cret"));
        await using var front = new RegistryFront(
            context => context.Request.Headers["Authorization"] != expected
                && RegistryFront.Status(context, 401, answer => answer.Headers["WWW-Authenticate"] = "Basic realm=\"test\""),
            registry.Host);
        using var password = new StringReader("s3cret");

        Assert.Equal(0, (await RunAsync(front, new InstantTime(), password, "--username", "robot", "--password-stdin")).Status);
    }

    [Fact]
    public async Task Throttling_is_waited_for_as_long_as_the_registry_asks()
    {
        await using var registry = await LocalRegistry.StartAsync();
        await registry.PushGoodAsync("1.0.0", Revision);
        var time = new InstantTime();
        var asked = 0;
        await using var front = new RegistryFront(
            context => Interlocked.Increment(ref asked) <= 2
                && RegistryFront.Status(context, 429, answer => answer.Headers["Retry-After"] = "7"),
            registry.Host);

        Assert.Equal(0, (await RunAsync(front, time)).Status);

        Assert.Equal([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7)], time.Waits);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_registry_that_stays_away_could_not_decide(int status)
    {
        var time = new InstantTime();
        await using var front = new RegistryFront(context => RegistryFront.Status(context, status));

        var run = await RunAsync(front, time);

        Assert.Equal(3, run.Status);
        Assert.Contains($"it answers {status}", run.Error);
        Assert.Equal(6, front.Requests.Count);
        Assert.Equal(5, time.Waits.Count);
    }

    [Fact]
    public async Task Nothing_listening_could_not_decide()
    {
        var run = await Invocation.RunAsync(
            Program.CreateCommands(), ["verify-image", $"localhost:{FreePort.Take()}/a/b:1", "-q"], Environment.CurrentDirectory, new InstantTime(), cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(3, run.Status);
        Assert.Contains("is away", run.Error);
    }

    /// <summary>Amazon's registry answers so to a token that has expired.</summary>
    [Fact]
    public async Task A_denial_under_another_status_asks_for_a_login()
    {
        await using var front = new RegistryFront(context =>
        {
            context.Response.StatusCode = 400;
            return RegistryFront.Body(
                context, "application/json", """{"errors":[{"code":"DENIED","message":"Your authorization token has expired. Reauthenticate and try again."}]}"""u8);
        });

        var run = await RunAsync(front, new InstantTime());

        Assert.Equal(3, run.Status);
        Assert.Contains("denied access to", run.Error, StringComparison.Ordinal);
        Assert.Contains("(400: DENIED Your authorization token has expired. Reauthenticate and try again.): log in with docker login", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_without_HEAD_is_asked_for_the_manifest_itself()
    {
        await using var registry = await LocalRegistry.StartAsync();
        await registry.PushGoodAsync("1.0.0", Revision);
        await using var front = new RegistryFront(
            context => context.Request.HttpMethod == "HEAD" && RegistryFront.Status(context, 405), registry.Host);

        Assert.Equal(0, (await RunAsync(front, new InstantTime())).Status);

        Assert.Contains(front.Requests, request => request.StartsWith("HEAD ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bytes_that_are_not_what_the_registry_calls_them_are_refused()
    {
        var index = Index();
        await using var front = new RegistryFront(
            context => RegistryFront.Body(context, MediaTypes.OciIndex, index, "sha256:" + new string('0', 64)));

        Assert.Equal("1 digest-mismatch", await VerifyImageTests.RulesAsync($"{front.Name}:1"));
    }

    [Fact]
    public async Task A_media_type_that_is_not_the_content_type_is_refused()
    {
        await using var front = new RegistryFront(context => RegistryFront.Body(context, MediaTypes.DockerManifestList, Index()));

        Assert.Equal("1 media-type-mismatch", await VerifyImageTests.RulesAsync($"{front.Name}:1"));
    }

    [Fact]
    public async Task A_web_page_is_not_an_image()
    {
        await using var front = new RegistryFront(context => RegistryFront.Body(context, "text/html", "<html>log in</html>"u8));

        Assert.Equal("1 not-an-image", await VerifyImageTests.RulesAsync($"{front.Name}:1"));
    }

    [Fact]
    public async Task Both_index_types_are_asked_for_before_the_single_ones()
    {
        var accept = "";
        await using var front = new RegistryFront(context =>
        {
            accept = context.Request.Headers["Accept"]!;
            return RegistryFront.Status(context, 404);
        });

        await VerifyImageTests.RulesAsync($"{front.Name}:1");

        Assert.Equal(MediaTypes.Accepted, accept.Split(',', StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task A_token_service_in_clear_text_elsewhere_is_not_trusted()
    {
        await using var front = new RegistryFront(context => RegistryFront.Status(
            context, 401, answer => answer.Headers["WWW-Authenticate"] = "Bearer realm=\"http://tokens.example.com/\",service=\"x\""));

        var run = await RunAsync(front, new InstantTime());

        Assert.Equal(3, run.Status);
        Assert.Contains("not https", run.Error);
    }

    [Fact]
    public async Task Answers_that_break_off_could_not_decide()
    {
        RegistryFront? tokens = null;
        await using var manifests = new RegistryFront(context => RegistryFront.BrokenOff(context, MediaTypes.OciIndex, Index()));
        await using (tokens = new RegistryFront(context => context.Request.Url!.AbsolutePath == "/token"
            ? RegistryFront.BrokenOff(context, "application/json", "{\"token\":"u8)
            : RegistryFront.Status(context, 401, answer => answer.Headers["WWW-Authenticate"] = $"Bearer realm=\"http://{tokens!.Host}/token\"")))
        {
            foreach (var front in new[] { manifests, tokens })
            {
                var run = await RunAsync(front, new InstantTime());

                Assert.Equal(3, run.Status);
                Assert.StartsWith("error: registry localhost", run.Error);
            }
        }
    }

    [Fact]
    public async Task An_endless_manifest_is_not_read_to_its_end()
    {
        await using var front = new RegistryFront(context =>
        {
            context.Response.ContentType = MediaTypes.OciIndex;
            context.Response.SendChunked = true;
            var chunk = new byte[64 * 1024];
            for (var i = 0; i < 1024; i++)
            {
                context.Response.OutputStream.Write(chunk);
            }

            return true;
        });

        var run = await RunAsync(front, new InstantTime());

        Assert.Equal(3, run.Status);
        Assert.Contains("more than", run.Error);
    }

    private static byte[] Index() => Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[]}""");

    private static Task<Invocation> RunAsync(RegistryFront front, TimeProvider time, TextReader? input = null, params string[] more) =>
        Invocation.RunAsync(Program.CreateCommands(), ["verify-image", $"{front.Name}:1.0.0", "-q", .. more], Environment.CurrentDirectory, time, input);

    private static RegistryFront TokenFront(
        LocalRegistry registry, string? credentials, int? lifetime, Func<HttpListenerContext, bool>? before = null)
    {
        RegistryFront? front = null;
        front = new RegistryFront(
            context =>
            {
                if (context.Request.Url!.AbsolutePath == "/token")
                {
                    var basic = credentials is null ? null : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials));
                    return context.Request.Headers["Authorization"] == basic
                        ? RegistryFront.Body(context, "application/json", JsonSerializer.SerializeToUtf8Bytes(
                            lifetime is { } seconds
                                ? new Dictionary<string, object> { ["token"] = "t0ken", ["expires_in"] = seconds }
                                : new Dictionary<string, object> { ["access_token"] = "t0ken" }))
                        : RegistryFront.Status(context, 401);
                }

                return context.Request.Headers["Authorization"] != "Bearer t0ken"
                    ? RegistryFront.Status(context, 401, answer => answer.Headers["WWW-Authenticate"] =
                        $"Bearer realm=\"http://{front!.Host}/token\",service=\"test\",scope=\"repository:x:pull,push\"")
                    : before?.Invoke(context) == true;
            },
            registry.Host);
        return front;
    }
}
