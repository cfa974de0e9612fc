using System.Globalization;
using FaceEdge.Deploy.Tests.Commands;
using Microsoft.Extensions.Time.Testing;
using static FaceEdge.Deploy.Tests.Promotion.SitesRepository;

namespace FaceEdge.Deploy.Tests.Promotion;

public sealed class GateTests
{
    private static readonly string New = Pinned("1.0.0", '1');
    private static readonly string NewDigest = "sha256:" + new string('1', 64);

    [Fact]
    public async Task A_gate_without_evidence_refuses_and_says_what_to_give()
    {
        using var sites = await CreateAsync(qa: "{latency: {}}");

        var run = await sites.PromoteAsync("qa", New);

        Assert.Equal(1, run.Status);
        Assert.Contains("--evidence", run.Output);
        Assert.Equal(1, await sites.RemoteCommitsAsync());
    }

    [Theory]
    [InlineData("pass", 0)]
    [InlineData("fail", 1)]
    [InlineData("inconclusive", 3)]
    public async Task The_verdict_of_the_evidence_decides_the_exit_code(string verdict, int status)
    {
        using var sites = await CreateAsync(qa: "{latency: {}}");

        var run = await sites.PromoteAsync("qa", New, "--evidence", Evidence(sites, "latency", NewDigest, verdict));

        Assert.Equal(status, run.Status);
    }

    [Fact]
    public async Task The_evidence_is_recorded_with_its_digest()
    {
        using var sites = await CreateAsync(qa: "{latency: {}}");
        var file = Evidence(sites, "latency", NewDigest, "pass");

        await sites.PromoteAsync("qa", New, "--evidence", file);

        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)));
        Assert.Contains($"Gate-Latency: passed; measured well (2026-11-20 10:00 UTC, sha256:{digest})\n", await sites.RemoteMessageAsync());
    }

    [Fact]
    public async Task Evidence_about_another_image_counts_for_nothing()
    {
        using var sites = await CreateAsync(qa: "{latency: {}}");

        var run = await sites.PromoteAsync("qa", New, "--evidence", Evidence(sites, "latency", "sha256:" + new string('2', 64), "pass"));

        Assert.Equal(1, run.Status);
        Assert.Contains("not about this image", run.Output);
    }

    [Fact]
    public async Task Evidence_that_is_too_old_counts_for_nothing()
    {
        using var sites = await CreateAsync(qa: "{latency: {maximumAge: 1m}}");

        var run = await sites.PromoteAsync("qa", New, "--evidence", Evidence(sites, "latency", NewDigest, "pass"));

        Assert.Equal(1, run.Status);
        Assert.Contains("old, at most 1m", run.Output);
    }

    [Fact]
    public async Task One_machines_pass_does_not_hide_another_machines_fail()
    {
        using var sites = await CreateAsync(qa: "{latency: {}}");
        var good = Evidence(sites, "latency", NewDigest, "pass", "arm64 box");
        var bad = Evidence(sites, "latency", NewDigest, "fail", "amd64 box");

        Assert.Equal(1, (await sites.PromoteAsync("qa", New, "--evidence", bad, good)).Status);
    }

    [Fact]
    public async Task Soak_counts_from_the_promotion_to_the_environment_before()
    {
        using var sites = await CreateAsync(uat: "{soak: 4h}");
        await sites.PromoteAsync("qa", New);

        var early = await sites.PromoteAsync("uat", null);
        var late = await AtAsync(sites, DateTimeOffset.UtcNow.AddHours(5), "promote", "--to", "uat", "--skip-image-check");

        Assert.Equal((1, 0), (early.Status, late.Status));
        Assert.Matches("wait 3h5[0-9]m", early.Output);
    }

    [Fact]
    public async Task Soak_starts_over_when_another_image_came_between()
    {
        using var sites = await CreateAsync(uat: "{soak: 1s}");
        await sites.PromoteAsync("qa", New);
        await sites.PromoteAsync("qa", Pinned("1.0.1", '2'));
        sites.Write("sites/qa/face-detector.yaml", Manifest(New));
        await sites.CommitAsync("By hand");
        await sites.GitAsync("push", "--quiet");

        var run = await AtAsync(sites, DateTimeOffset.UtcNow.AddHours(5), "promote", "--to", "uat", "--skip-image-check");

        Assert.Equal(1, run.Status);
        Assert.Contains("no promotion of this image to qa", run.Output);
    }

    [Fact]
    public async Task Approvals_count_different_people_who_may_approve()
    {
        using var sites = await CreateAsync(qa: "{approvals: {count: 2, from: [ada, grace]}}");

        var twice = await sites.PromoteAsync("qa", New, "--approved-by", "ada", "--approved-by", "Ada");
        var stranger = await sites.PromoteAsync("qa", New, "--approved-by", "ada", "--approved-by", "mallory");
        var both = await sites.PromoteAsync("qa", New, "--approved-by", "ada", "--approved-by", "grace");

        Assert.Equal((1, 1, 0), (twice.Status, stranger.Status, both.Status));
        Assert.Contains("not entitled: mallory", stranger.Output);
    }

    [Fact]
    public async Task A_freeze_holds_unless_it_is_overridden_with_a_recorded_reason()
    {
        var always = "{freezes: [{name: year end, from: 2020-01-01T00:00:00Z, to: 2120-01-01T00:00:00Z}]}";
        using var sites = await CreateAsync(qa: always);

        var frozen = await sites.PromoteAsync("qa", New);
        var empty = await sites.PromoteAsync("qa", New, "--override-freeze", " ");
        var hotfix = await sites.PromoteAsync("qa", New, "--override-freeze", "CVE-2026-1: boxes leak");

        Assert.Equal((1, 2, 0), (frozen.Status, empty.Status, hotfix.Status));
        Assert.Contains("freeze 'year end' until 2120-01-01", frozen.Output);
        Assert.Contains("Freeze-Override: CVE-2026-1: boxes leak\n", await sites.RemoteMessageAsync());
    }

    [Fact]
    public async Task Skipped_gates_are_recorded()
    {
        using var sites = await CreateAsync(qa: "{latency: {}, approvals: {count: 1}}");

        var run = await sites.PromoteAsync("qa", New, "--skip-gates");

        Assert.Equal(0, run.Status);
        Assert.Contains("Skipped-Gates: latency, approvals\n", await sites.RemoteMessageAsync());
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"kind":"latency","subject":{"image":"x"},"verdict":1,"summary":"","numbers":{},"measuredAt":"2026-11-20T10:00:00Z"}""")]
    public async Task A_file_that_is_no_evidence_is_wrong_input(string content)
    {
        using var sites = await CreateAsync(qa: "{latency: {}}");
        var file = Path.Combine(sites.Folder, "bad.json");
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);

        Assert.Equal(2, (await sites.PromoteAsync("qa", New, "--evidence", file)).Status);
    }

    private static string Evidence(SitesRepository sites, string kind, string image, string verdict, string machine = "box")
    {
        var path = Path.Combine(sites.Folder, $"{kind}-{verdict}-{machine}.json".Replace(' ', '-'));
        File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $$"""
            {"kind":"{{kind}}","subject":{"image":"{{image}}"},"verdict":"{{verdict}}","summary":"measured well",
             "numbers":{"detect/median ratio":1.01},"measuredAt":"2026-11-20T10:00:00Z","machine":"{{machine}}","more":[1]}
            """));
        return path;
    }

    private static Task<Invocation> AtAsync(SitesRepository sites, DateTimeOffset now, params string[] args) =>
        Invocation.RunAsync(Program.CreateCommands(), args, sites.Clone, new FakeTimeProvider(now));
}
