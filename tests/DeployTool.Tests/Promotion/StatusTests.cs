using System.Text.Json;
using System.Text.RegularExpressions;
using FaceEdge.Deploy.Tests.Commands;
using FaceEdge.Deploy.Tests.Oci;
using static FaceEdge.Deploy.Tests.Promotion.SitesRepository;

namespace FaceEdge.Deploy.Tests.Promotion;

public sealed class StatusTests
{
    private static readonly string A = Pinned("1.0.0", 'a');

    [Fact]
    public async Task Status_names_the_image_since_when_and_the_gates_that_the_next_one_misses()
    {
        using var sites = await CreateAsync(uat: "{soak: 4h, approvals: {count: 2}, latency: {}}");
        await sites.PromoteAsync("qa", A);

        var answer = await JsonAsync(sites, "status", "--offline");

        var qa = answer.GetProperty("environments")[0];
        Assert.Equal(("qa", "1.0.0"), (qa.GetProperty("environment").GetString(), qa.GetProperty("tag").GetString()));
        Assert.Equal(JsonValueKind.String, qa.GetProperty("since").ValueKind);
        Assert.Equal("notAsked", qa.GetProperty("drift").GetString());
        var uat = answer.GetProperty("environments")[1];
        Assert.Equal(A, uat.GetProperty("next").GetString());
        Assert.Equal(
            ["latency missing", "soak missing", "approvals missing"],
            uat.GetProperty("missingGates").EnumerateArray().Select(gate => $"{gate.GetProperty("gate").GetString()} {gate.GetProperty("state").GetString()}"));
    }

    [Fact]
    public async Task Status_shows_a_manifest_that_was_edited_by_hand()
    {
        using var sites = await CreateAsync();
        await sites.PromoteAsync("qa", A);
        sites.Write("sites/qa/face-detector.yaml", Manifest(Pinned("6.6.6", '6')));
        await sites.CommitAsync("By hand");

        var qa = (await JsonAsync(sites, "status", "--offline")).GetProperty("environments")[0];

        Assert.True(qa.GetProperty("editedByHand").GetBoolean());
    }

    [Fact]
    public async Task One_site_of_several_that_was_edited_by_hand_is_reported()
    {
        using var sites = await CreateAsync();
        sites.Write("sites/qa/lab-a/face-detector.yaml", Manifest(Pinned("0.1.0", '0')));
        await sites.CommitAsync("A second site");
        await sites.GitAsync("push", "--quiet");
        await sites.PromoteAsync("qa", A);
        Assert.False((await JsonAsync(sites, "status", "--offline")).GetProperty("environments")[0].GetProperty("editedByHand").GetBoolean());
        sites.Write("sites/qa/lab-a/face-detector.yaml", Manifest(Pinned("6.6.6", '6')));
        await sites.CommitAsync("By hand");

        var qa = (await JsonAsync(sites, "status", "--offline")).GetProperty("environments")[0];

        Assert.True(qa.GetProperty("editedByHand").GetBoolean());
    }

    [Fact]
    public async Task A_detached_head_reads_the_branch_that_is_named()
    {
        using var sites = await CreateAsync();
        await sites.GitAsync("checkout", "--quiet", "--detach");
        await sites.PromoteAsync("qa", A, "--branch", "main");

        var unnamed = await sites.RunAsync("status", "--offline", "--fetch", "--quiet");
        var unfetched = await sites.RunAsync("status", "--offline", "--branch", "main");
        var qa = (await JsonAsync(sites, "status", "--offline", "--fetch", "--branch", "main")).GetProperty("environments")[0];

        Assert.Equal((2, 2), (unnamed.Status, unfetched.Status));
        Assert.Equal("1.0.0", qa.GetProperty("tag").GetString());
    }

    [Fact]
    public async Task Status_as_a_table_has_a_row_an_environment()
    {
        using var sites = await CreateAsync();
        await sites.PromoteAsync("qa", A);

        var run = await sites.RunAsync("status", "--offline");

        Assert.Equal(0, run.Status);
        Assert.Matches(@"qa +1 +1\.0\.0 +sha256:aaaaaaaaaaaa ", run.Output);
        Assert.Matches(@"uat .* 1\.0\.0: ready", run.Output);
    }

    [Fact]
    public async Task A_pause_of_the_fleet_is_reported_once_with_who_when_and_why_until_it_is_over()
    {
        using var sites = await CreateAsync();
        await sites.PromoteAsync("qa", A);
        await sites.RunAsync("rollout", "--pause", "the line to the registry is cut", "-q");

        var table = await sites.RunAsync("status", "--offline");
        var json = await JsonAsync(sites, "status", "--offline");
        await sites.RunAsync("rollout", "--resume", "-q");
        var over = await sites.RunAsync("status", "--offline");

        Assert.Single(Regex.Matches(table.Output, @"Operator paused every environment on [0-9-]+ [0-9:]+ UTC: the line to the registry is cut \(deploy-tool rollout --resume ends it\)"));
        Assert.Matches(@"uat .* 1\.0\.0 waits for the end of the pause", table.Output);
        var paused = json.GetProperty("environments")[2].GetProperty("paused");
        Assert.Equal(["at", "by", "commit", "reason", "subject"], paused.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.Matches(@"uat .* 1\.0\.0: ready", over.Output);
        Assert.DoesNotContain("paused", over.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_each_site_is_to_run_is_written_as_metrics()
    {
        using var sites = await CreateAsync();
        sites.Write("sites/production/berlin-01/face-detector.yaml", Manifest(A));
        await sites.CommitAsync("A second site");

        var run = await sites.RunAsync("status", "--offline", "--quiet", "--metrics", "wanted.prom");

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Equal(
            $$"""
            # HELP faceedge_wanted_image_info The image that Git wants a site to run; always 1.
            # TYPE faceedge_wanted_image_info gauge
            faceedge_wanted_image_info{environment="qa",site="qa",image="{{Pinned("0.1.0", '0')}}"} 1
            faceedge_wanted_image_info{environment="uat",site="uat",image="{{Pinned("0.1.0", '0')}}"} 1
            faceedge_wanted_image_info{environment="production",site="berlin-01",image="{{A}}"} 1
            faceedge_wanted_image_info{environment="production",site="production",image="{{Pinned("0.1.0", '0')}}"} 1

            """,
            sites.Read("wanted.prom"));
    }

    [Fact]
    public async Task The_registry_is_asked_once_for_an_image_that_every_environment_runs()
    {
        await using var front = new RegistryFront(context => RegistryFront.Status(context, 404));
        using var sites = await CreateAsync(repository: front.Name);

        var answer = await JsonAsync(sites, "status");

        Assert.Equal(["tagGone", "tagGone", "tagGone"], answer.GetProperty("environments").EnumerateArray().Select(environment => environment.GetProperty("drift").GetString()));
        Assert.Equal([$"GET /v2/{LocalRegistry.Repository}/manifests/0.1.0"], front.Requests);
    }

    [Fact]
    public async Task A_registry_that_says_nothing_is_not_waited_for()
    {
        var answered = new TaskCompletionSource();
        await using var front = new RegistryFront(context =>
        {
            answered.Task.Wait(TestContext.Current.CancellationToken);
            return RegistryFront.Status(context, 404);
        });
        using var sites = await CreateAsync(repository: front.Name);

        var run = await Invocation.RunAsync(Program.CreateCommands(), ["status", "--output", "json"], sites.Clone, new InstantTime(), cancellation: TestContext.Current.CancellationToken);
        answered.SetResult();

        Assert.Equal(0, run.Status);
        Assert.Contains($"registry {front.Host} gives no answer within 1 s", run.Error, StringComparison.Ordinal);
        Assert.Equal(3, run.Output.Split("\"registryAway\"").Length - 1);
    }

    [Fact]
    public async Task History_lists_promotions_and_rollbacks_newest_first()
    {
        using var sites = await CreateAsync();
        await sites.PromoteAsync("qa", A);
        await sites.PromoteAsync("uat", null);
        await sites.RunAsync("rollback", "--env", "qa", "--skip-image-check", "--quiet");

        var entries = (await JsonAsync(sites, "history")).GetProperty("entries").EnumerateArray().ToList();

        Assert.Equal(["qa", "uat", "qa"], entries.Select(entry => entry.GetProperty("environment").GetString()));
        Assert.Equal(A, entries[0].GetProperty("rolledBack")[0].GetString());
        Assert.Equal("Operator", entries[0].GetProperty("by").GetString());
    }

    [Fact]
    public async Task History_of_an_environment_that_does_not_exist_names_the_one_that_was_meant()
    {
        using var sites = await CreateAsync();

        var run = await sites.RunAsync("history", "--env", "prodcution");

        Assert.Equal((2, "error: there is no environment 'prodcution'; did you mean production?: sites/environments.yaml names qa, uat, production"), (run.Status, run.Error));
    }

    private static async Task<JsonElement> JsonAsync(SitesRepository sites, params string[] args)
    {
        var run = await sites.RunAsync([.. args, "--output", "json", "--quiet"]);
        Assert.Equal(0, run.Status);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
