using System.Text.Json;
using FaceEdge.Deploy.Tests.Sites;
using FaceEdge.Deploy.Tests.Sites.Validation;

namespace FaceEdge.Deploy.Tests.Commands;

public sealed class ValidateTests
{
    [Fact]
    public async Task Clean_sites_are_done()
    {
        using var sites = new SiteFolder();

        Assert.Equal(new Invocation(0, "3 sites, 15 files: 0 errors, 0 warnings", ""), await Invocation.RunInAsync(sites.Repository, "validate"));
    }

    [Fact]
    public async Task A_finding_has_its_place_its_rule_and_a_remedy()
    {
        using var sites = new SiteFolder();
        sites.Replace("qa/face-detector.yaml", "imagePullPolicy: IfNotPresent", "imagePullPolicy: Always");

        var run = await Invocation.RunInAsync(sites.Repository, "validate", "--env", "qa");

        Assert.Equal(1, run.Status);
        Assert.Equal(
            """
            sites/qa/face-detector.yaml:74:28: error FE3003: Deployment/face-detector: container face-detector asks the registry at each start
                set imagePullPolicy: IfNotPresent; the digest makes Always pointless
            1 site, 5 files: 1 error, 0 warnings
            """,
            run.Output);
    }

    [Fact]
    public async Task What_a_sparse_checkout_leaves_out_is_counted_and_reported()
    {
        using var sites = await FleetRepository.CreateAsync();
        await sites.GitAsync("sparse-checkout", "set", "--cone", "sites/uat");

        var uat = await sites.RunAsync("validate", "--env", "uat");
        var all = await sites.RunAsync("validate");
        var qa = await sites.RunAsync("validate", "--env", "qa");

        Assert.Equal((0, "1 site, 5 files: 0 errors, 0 warnings"), (uat.Status, uat.Output));
        Assert.EndsWith("the sparse checkout leaves out 10 files of sites/, which were not checked; git sparse-checkout disable brings them", all.Output, StringComparison.Ordinal);
        Assert.Equal((2, "error: the sparse checkout leaves sites/qa out: bring it in: git sparse-checkout add sites/qa"), (qa.Status, qa.Error));
    }

    [Fact]
    public async Task A_warning_alone_does_not_fail()
    {
        using var sites = new SiteFolder();
        sites.Replace("qa/vm.yaml", "className: site-small", "className: of-the-host");

        var run = await Invocation.RunInAsync(sites.Repository, "validate", "-o", "json");

        var answer = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal((0, 0, 1), (run.Status, answer.GetProperty("errors").GetInt32(), answer.GetProperty("warnings").GetInt32()));
        Assert.Equal("FE5003", answer.GetProperty("findings")[0].GetProperty("rule").GetString());
    }

    [Fact]
    public async Task Findings_go_to_a_sarif_file_that_names_rule_file_and_place()
    {
        using var sites = new SiteFolder();
        sites.Replace("qa/metallb.yaml", "192.0.2.10-192.0.2.19", "192.0.2.300/24");

        await Invocation.RunInAsync(sites.Repository, "validate", "--sarif", "findings.sarif");

        var log = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(sites.Repository, "findings.sarif"), TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        var run = log.GetProperty("runs")[0];
        var result = Assert.Single(run.GetProperty("results").EnumerateArray());
        var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        var rule = run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[result.GetProperty("ruleIndex").GetInt32()];
        Assert.Equal("FE4004", result.GetProperty("ruleId").GetString());
        Assert.Equal("FE4004", rule.GetProperty("id").GetString());
        Assert.Equal("sites/qa/metallb.yaml", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal((57, 7), (place.GetProperty("region").GetProperty("startLine").GetInt32(), place.GetProperty("region").GetProperty("startColumn").GetInt32()));
    }

    [Fact]
    public async Task Rendered_sites_are_proved_to_be_what_their_sources_say_with_the_place_of_both()
    {
        using var sites = SiteFolder.WithSources();
        sites.Replace("qa/face-detector.yaml", "imagePullPolicy: IfNotPresent", "imagePullPolicy: 'IfNotPresent'");
        sites.Replace("inventory/uat.yaml", "stage: UAT", "stage: Test");
        sites.Replace("uat/metallb.yaml", "192.0.2.10-192.0.2.19", "192.0.2.10-192.0.2.18");
        sites.Write("inventory/uat/roof.yaml", "pool: 203.0.113.30-203.0.113.39\n");
        File.Delete(sites.PathOf("inventory/production/production.yaml"));

        var run = await Invocation.RunInAsync(sites.Repository, "validate", "-o", "json");

        Assert.Equal(1, run.Status);
        Assert.Equal(
            """
            sites/inventory/uat/roof.yaml:1:1: FE8003: the site has no folder uat/roof
            sites/production/face-detector.yaml:1:1: FE8003: the site has no inventory
            sites/qa/face-detector.yaml:74:1: FE8002: 'imagePullPolicy: 'IfNotPresent'' is to be 'imagePullPolicy: IfNotPresent' (sites/template/face-detector.yaml:74)
            sites/uat/configureHost.yaml:58:1: FE8002: '"message": "FaceEdge UAT host edge-uat-01\nManaged from Git: changes made here by hand are undone."' is to be '"message": "FaceEdge Test host edge-uat-01\nManaged from Git: changes made here by hand are undone."' (welcome, sites/inventory/uat.yaml:1)
            sites/uat/face-detector.yaml:25:1: FE8002: 'Page__Title: Face detection - UAT' is to be 'Page__Title: Face detection - Test' (title, sites/inventory/uat.yaml:1)
            sites/uat/metallb.yaml:57:1: FE8002: '- 192.0.2.10-192.0.2.18' is to be '- 192.0.2.10-192.0.2.19' (pool, sites/inventory/uat/uat.yaml:3)
            """,
            string.Join('\n', JsonDocument.Parse(run.Output).RootElement.GetProperty("findings").EnumerateArray().Select(one =>
                $"{one.GetProperty("file")}:{one.GetProperty("line")}:{one.GetProperty("column")}: {one.GetProperty("rule")}: {one.GetProperty("message")}")));
    }

    [Fact]
    public async Task A_fault_of_the_inventory_is_a_finding()
    {
        using var sites = SiteFolder.WithSources();
        sites.Replace("inventory/qa/qa.yaml", "host:", "hots:");

        var run = await Invocation.RunInAsync(sites.Repository, "validate", "--env", "uat");

        Assert.StartsWith("sites/inventory/qa/qa.yaml:2:1: error FE8001: 'hots' is no parameter", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_sites_folder_or_environment_it_is_wrong_input()
    {
        using var sites = new SiteFolder();

        Assert.Equal(2, (await Invocation.RunInAsync(Path.GetTempPath(), "validate")).Status);
        Assert.Equal(2, (await Invocation.RunInAsync(sites.Repository, "validate", "--env", "staging")).Status);
    }
}
