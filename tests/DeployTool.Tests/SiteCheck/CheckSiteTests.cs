using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using FaceEdge.Contracts;
using FaceEdge.Deploy.SiteCheck;
using FaceEdge.Deploy.Tests.Commands;
using FaceEdge.Deploy.Tests.Oci;
using FaceEdge.Deploy.Tests.Promotion;
using static FaceEdge.Deploy.Tests.Promotion.SitesRepository;

namespace FaceEdge.Deploy.Tests.SiteCheck;

public sealed class CheckSiteTests
{
    private static readonly string A = Pinned("1.0.0", 'a');

    [Fact]
    public async Task A_site_that_runs_the_image_and_finds_the_faces_passes()
    {
        using var sites = await PromotedAsync();
        await using var site = Site(version: "1.0.0");

        var run = await CheckAsync(sites, site);

        Assert.Equal(0, run.Status);
        var report = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(("site-check", "pass"), (report.GetProperty("kind").GetString(), report.GetProperty("verdict").GetString()));
        Assert.Equal(20, site.Requests.Count(request => request.StartsWith("POST /api/v1/detect", StringComparison.Ordinal)) - 3);
    }

    [Fact]
    public async Task Its_evidence_file_opens_the_gate_of_the_next_environment()
    {
        using var sites = await PromotedAsync(uat: "{siteCheck: {maximumAge: 1h}}");
        await using var site = Site(image: A);
        var file = Path.Combine(sites.Folder, "check.json");

        var without = await sites.PromoteAsync("uat", null);
        await CheckAsync(sites, site, "--evidence-out", file);
        var with = await sites.PromoteAsync("uat", null, "--evidence", file);

        Assert.Equal((1, 0), (without.Status, with.Status));
        Assert.Contains("Gate-Site-Check: passed; qa runs 1.0.0, all faces found", await sites.RemoteMessageAsync());
    }

    [Fact]
    public async Task The_check_waits_until_the_site_has_the_image()
    {
        using var sites = await PromotedAsync();
        var asked = 0;
        await using var site = Site(version: () => Interlocked.Increment(ref asked) < 4 ? "0.1.0" : "1.0.0");

        Assert.Equal(0, (await CheckAsync(sites, site)).Status);
        Assert.Equal(4, asked);
    }

    [Fact]
    public async Task A_commit_says_which_image_is_wanted()
    {
        using var sites = await PromotedAsync();
        var wanted = (await sites.GitAsync("rev-parse", "HEAD")).Trim();
        await sites.PromoteAsync("qa", Pinned("2.0.0", 'b'));
        await using var site = Site(image: A);

        var then = await CheckAsync(sites, site, "--at", wanted);
        var now = await CheckAsync(sites, site, "--timeout", "1s");
        var unknown = await CheckAsync(sites, site, "--at", "nowhere");

        Assert.Equal([0, 1, 2], new[] { then, now, unknown }.Select(run => run.Status));
    }

    [Fact]
    public async Task A_site_that_keeps_the_old_image_fails()
    {
        using var sites = await PromotedAsync();
        await using var site = Site(image: Pinned("1.0.0", 'b'));

        var run = await CheckAsync(sites, site);

        Assert.Equal(1, run.Status);
        Assert.Contains("still runs", run.Output);
    }

    [Fact]
    public async Task A_site_that_never_answers_could_not_decide()
    {
        using var sites = await PromotedAsync();

        var run = await RunAsync(sites, $"http://localhost:{FreePort.Take()}");

        Assert.Equal(3, run.Status);
        Assert.Contains("inconclusive", run.Output);
    }

    [Theory]
    [InlineData(1, 0, "1 were missed")]
    [InlineData(0, 1, "1 boxes hold none")]
    public async Task Missed_faces_and_boxes_without_a_face_fail(int missed, int extra, string why)
    {
        using var sites = await PromotedAsync();
        await using var site = Site(version: "1.0.0", missed: missed, extra: extra);

        var run = await CheckAsync(sites, site);

        Assert.Equal(1, run.Status);
        Assert.Contains(why, run.Output);
    }

    [Fact]
    public async Task A_slow_site_fails_its_latency_objective()
    {
        using var sites = await PromotedAsync();
        await using var site = Site(version: "1.0.0");

        var run = await CheckAsync(sites, site, "--p95", "0.001");

        Assert.Equal(1, run.Status);
        Assert.Contains("at most 0 ms are allowed", run.Output);
    }

    [Fact]
    public void Known_boxes_pair_with_found_ones_once_each()
    {
        var face = new Box(10, 10, 20, 20);
        var twice = BoxMatch.Of([face], [face, new Box(11, 10, 20, 20)]);
        var moved = BoxMatch.Of([face], [new Box(40, 10, 20, 20)]);

        Assert.Equal(new BoxMatch(0, 1, 1.0), twice);
        Assert.Equal(new BoxMatch(1, 1, 1.0), moved);
        Assert.Equal(1.0 / 3, face.Overlap(new Box(20, 10, 20, 20)), 6);
    }

    private static async Task<SitesRepository> PromotedAsync(string uat = "{}")
    {
        var sites = await CreateAsync(uat: uat);
        await sites.PromoteAsync("qa", A);
        return sites;
    }

    [Theory]
    [InlineData("the-key-of-qa", 0, "pass")]
    [InlineData("the-key-of-qa\n", 0, "pass")]
    [InlineData("another-key", 3, "--page-key-file FILE or $DEPLOY_TOOL_PAGE_KEY")]
    [InlineData("", 3, "the site asks for its Page:Key")]
    [InlineData("two words", 2, "not one line of visible ASCII characters")]
    public async Task A_site_that_asks_for_a_key_is_given_the_one_of_the_file(string content, int status, string said)
    {
        using var sites = await PromotedAsync();
        await using var site = Site(() => "1.0.0", key: "the-key-of-qa");
        var file = Path.Combine(sites.Folder, "page-key");
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);

        var run = await CheckAsync(sites, site, "--page-key-file", file, "--timeout", "1s");

        Assert.Equal(status, run.Status);
        Assert.Contains(said, run.Output + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("the-key-of-qa", run.Output + run.Error, StringComparison.Ordinal);
    }

    private static Task<Invocation> CheckAsync(SitesRepository sites, RegistryFront site, params string[] more) =>
        RunAsync(sites, $"http://{site.Host}", more.Contains("--p95") ? more : ["--p95", "60000", .. more]);

    private static Task<Invocation> RunAsync(SitesRepository sites, string url, params string[] more) => Invocation.RunAsync(
        Program.CreateCommands(), ["check-site", "--env", "qa", "--url", url, "-q", "-o", "json", .. more], sites.Clone, new InstantTime());

    private static RegistryFront Site(string? version = null, string? image = null, int missed = 0, int extra = 0) =>
        Site(() => version, image, missed, extra);

    /// <summary>A face-detector as far as the check sees it.</summary>
    private static RegistryFront Site(Func<string?> version, string? image = null, int missed = 0, int extra = 0, string? key = null) => new(context =>
    {
        if (key is not null && context.Request.Headers["X-Page-Key"] != key)
        {
            return RegistryFront.Status(context, 401);
        }

        var answer = context.Request.Url!.AbsolutePath == "/api/v1/info"
            ? $$"""{"version":"{{version()}}","environment":"qa","site":"qa","image":{{(image is null ? "null" : $"\"{image}\"")}},"architecture":"x64"}"""
            : Faces(context, missed, extra);
        return RegistryFront.Body(context, "application/json", Encoding.UTF8.GetBytes(answer));
    });

    private static string Faces(HttpListenerContext context, int missed, int extra)
    {
        using var body = new MemoryStream();
        context.Request.InputStream.CopyTo(body);
        var picture = KnownPicture.BuiltIn();
        Assert.Equal(picture.Content, body.ToArray());
        var boxes = picture.Faces.Skip(missed).Concat(Enumerable.Repeat(new Box(1, 1, 9, 9), extra));
        return $$"""{"faces":[{{string.Join(",", boxes.Select(box => string.Create(
            CultureInfo.InvariantCulture, $$"""{"x":{{box.X + 1}},"y":{{box.Y}},"width":{{box.Width}},"height":{{box.Height}},"score":0.9}""")))}}]}""";
    }
}
