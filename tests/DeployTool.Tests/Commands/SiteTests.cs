using System.Text.Json;
using FaceEdge.Deploy.Tests.Promotion;
using FaceEdge.Deploy.Tests.Sites;

namespace FaceEdge.Deploy.Tests.Commands;

/// <summary>Sites come, change their names and go.</summary>
public sealed class SiteTests
{
    private static readonly string[] Berlin = ["site", "add", "berlin-01", "--env", "production", "--set", "pool=203.0.113.30-203.0.113.39", "--set", "network=berlin", "--label", "ring=canary", "--fragment", "gpu", "--quiet"];

    [Fact]
    public async Task The_first_site_of_an_environment_asks_where_the_environments_own_goes_since_its_host_would_apply_both()
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();
        var commits = await sites.RemoteCommitsAsync();

        var run = await sites.RunAsync(Berlin);

        Assert.Equal(
            new Invocation(
                2, "",
                "error: sites/production is a site itself, and its host would apply the folder of berlin-01 too: "
                + "give it a folder of its own in the same commit with --move-own NAME, and bind its host to sites/production/NAME"),
            run);
        Assert.Equal(commits, await sites.RemoteCommitsAsync());
    }

    [Fact]
    public async Task A_site_is_added_in_one_commit_with_the_image_of_its_environment_and_is_valid()
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();
        var image = SitesRepository.Pinned("2.0.0", '2');
        sites.Write("sites/production/face-detector.yaml", Promoted(sites.Read("sites/production/face-detector.yaml"), image));
        await sites.CommitAsync("Promote");
        await sites.GitAsync("push", "--quiet");
        var host = sites.Read("sites/production/configureHost.yaml");

        var run = await sites.RunAsync([.. Berlin, "--move-own", "paris-01"]);

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.EndsWith("bind its host to sites/production/berlin-01", run.Output, StringComparison.Ordinal);
        Assert.Equal("pool: 203.0.113.30-203.0.113.39\nnetwork: berlin\nlabels:\n  ring: canary\nfragments:\n  - gpu\n", await sites.RemoteFileAsync("sites/inventory/production/berlin-01.yaml"));
        Assert.Equal(2, (await sites.RemoteFileAsync("sites/production/berlin-01/face-detector.yaml")).Split(image).Length - 1);
        Assert.Equal(2, (await sites.RemoteFileAsync("sites/production/paris-01/face-detector.yaml")).Split(image).Length - 1);
        Assert.Equal(host, await sites.RemoteFileAsync("sites/production/paris-01/configureHost.yaml"));
        Assert.False(File.Exists(Path.Combine(sites.Clone, "sites/production/face-detector.yaml")));
        Assert.Equal(
            """
            Add the site production/berlin-01

            Its host pulls sites/production/berlin-01.
            The environment's own site is production/paris-01 from now on: bind its host to that folder.

            [skip ci]

            Site-Added: production/berlin-01
            Site-Renamed: production to production/paris-01
            """,
            (await sites.RemoteMessageAsync()).Trim());
        Assert.Equal(new Invocation(0, "4 sites, 20 files: 0 errors, 0 warnings", ""), await sites.RunAsync("validate"));
        Assert.Equal("", await sites.GitAsync("status", "--porcelain"));
    }

    /// <summary>An operator stands in the folder that changes: git, and what it starts, run at the top.</summary>
    [Fact]
    public async Task A_site_is_added_and_renamed_from_within_its_folder()
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();

        var added = await Invocation.RunInAsync(Path.Combine(sites.Clone, "sites/production"), [.. Berlin, "--move-own", "paris-01", "--output", "json"]);
        var renamed = await Invocation.RunInAsync(
            Path.Combine(sites.Clone, "sites/production/paris-01"), "site", "rename", "paris-01", "lyon-01", "--env", "production", "--quiet", "--output", "json");

        Assert.All([added, renamed], run =>
        {
            Assert.Equal((0, ""), (run.Status, run.Error));
            Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(run.Output).RootElement.GetProperty("note").ValueKind);
        });
        Assert.False(Directory.Exists(Path.Combine(sites.Clone, "sites/production/paris-01")));
        Assert.Equal("", await sites.GitAsync("status", "--porcelain"));
    }

    [Fact]
    public async Task A_sparse_clone_without_template_or_inventory_is_refused_with_how_to_bring_them_in()
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();
        await sites.GitAsync("sparse-checkout", "set", "--cone", "sites/uat");

        foreach (var command in new[] { "render", "render --adopt", "render --check", "site list", "diff --site uat/uat" })
        {
            var run = await sites.RunAsync(command.Split(' '));

            Assert.Equal(2, run.Status);
            Assert.Matches("^error: the sparse checkout leaves sites/(inventory|template)/.* out: bring it in: git sparse-checkout add sites/template sites/inventory$", run.Error);
        }
    }

    [Fact]
    public async Task What_has_no_default_is_asked_for()
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();
        string[] command = ["site", "add", "berlin-01", "--env", "production", "--move-own", "paris-01", "--dry-run"];

        var silent = await Invocation.RunAsync(Program.CreateCommands(), [.. command, "--quiet"], sites.Clone, cancellation: TestContext.Current.CancellationToken);
        var answered = await Invocation.RunAsync(Program.CreateCommands(), command, sites.Clone, input: new StringReader("203.0.113.30-203.0.113.39\n"), cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(new Invocation(2, "", "error: pool is not set, and has no default: give it: --set pool=VALUE"), silent);
        Assert.Equal(0, answered.Status);
        Assert.EndsWith("pool:", answered.Error, StringComparison.Ordinal);
        Assert.Contains("+pool: 203.0.113.30-203.0.113.39", answered.Output, StringComparison.Ordinal);
        Assert.Contains("dry run: production/berlin-01 is added: 18 files; nothing was written", answered.Output, StringComparison.Ordinal);
    }

    /// <summary>Options of <c>site add berlin-02</c> beside a site berlin-01, and the one line that is the answer.</summary>
    public static TheoryData<string, string[], string> Refused => new()
    {
        { "berlin-01", ["pool=203.0.113.50-203.0.113.59"], "error: production has a site 'berlin-01' already (sites/inventory/production/berlin-01.yaml): take another name" },
        { "Berlin", ["pool=203.0.113.50-203.0.113.59"], "error: 'Berlin' is no name of at most 63 lower-case letters, digits and dashes: take another: it is the name of a folder too" },
        { "berlin-02", ["pool=203.0.113.50-203.0.113.59", "hots=x"], "error: 'hots' is no parameter that a site sets: did you mean host?" },
        { "berlin-02", ["pool=203.0.113.50-203.0.113.59", "image=x"], "error: 'image' is no parameter that a site sets: sites/template/parameters.yaml describes stage, siteName, title, mode, background, host, domain, welcome, pool, network, labels, settings" },
        { "berlin-02", ["pool=203.0.113.39-203.0.113.59", "network=berlin"], "error: sites/inventory/production/berlin-02.yaml:1:7: pool = 203.0.113.39-203.0.113.59 overlaps 203.0.113.30-203.0.113.39 of production/berlin-01 (sites/inventory/production/berlin-01.yaml:1), and both are of the network 'berlin': give each site addresses of its own, or its network another name" },
        { "berlin-02", ["pool=203.0.113.50-203.0.113.59", "siteName=berlin-01"], "error: sites/inventory/production/berlin-02.yaml:2:11: siteName = 'berlin-01' is that of production/berlin-01 too (sites/inventory/production/berlin-01.yaml:1): give each site its own" },
        { "berlin-02", ["pool=nowhere"], "error: sites/inventory/production/berlin-02.yaml:1:7: pool = 'nowhere': allowed is a prefix such as 192.0.2.0/28 or a range such as 192.0.2.10-192.0.2.19: correct the value" },
        { "berlin-02", ["pool=203.0.113.50-203.0.113.59", "background=pinkish"], "error: sites/inventory/production/berlin-02.yaml:2:13: background = 'pinkish': allowed is a colour such as #ffc0cb, #fcb or a CSS colour name such as pink: correct the value" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_site_that_cannot_be_is_refused_in_one_line_and_nothing_is_written(string name, string[] values, string expected)
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();
        await sites.RunAsync([.. Berlin, "--move-own", "paris-01"]);
        var commits = await sites.RemoteCommitsAsync();

        var run = await sites.RunAsync(["site", "add", name, "--env", "production", "--quiet", .. values.SelectMany(value => new[] { "--set", value })]);

        Assert.Equal(new Invocation(2, "", expected), run);
        Assert.Equal(commits, await sites.RemoteCommitsAsync());
    }

    [Fact]
    public async Task A_renamed_site_moves_its_folder_and_keeps_its_image_and_the_name_of_its_host()
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();
        await sites.RunAsync([.. Berlin, "--move-own", "paris-01"]);
        sites.Write("sites/production/berlin-01/extra.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: extra, namespace: site-vms}\n");
        await sites.CommitAsync("Add an object");
        await sites.GitAsync("push", "--quiet");

        var run = await sites.RunAsync("site", "rename", "berlin-01", "berlin-hall", "--env", "production", "--quiet");

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.EndsWith("host: edge-berlin-01\n", await sites.RemoteFileAsync("sites/inventory/production/berlin-hall.yaml"), StringComparison.Ordinal);
        Assert.Contains("  Site__Name: berlin-hall\n", await sites.RemoteFileAsync("sites/production/berlin-hall/face-detector.yaml"), StringComparison.Ordinal);
        Assert.Contains("name: extra", await sites.RemoteFileAsync("sites/production/berlin-hall/extra.yaml"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(sites.Clone, "sites/production/berlin-01")));
        Assert.Contains("Site-Renamed: production/berlin-01 to production/berlin-hall", await sites.ParsedTrailersAsync(), StringComparison.Ordinal);
        Assert.Equal(new Invocation(0, "4 sites, 21 files: 0 errors, 0 warnings", ""), await sites.RunAsync("validate"));
    }

    [Fact]
    public async Task A_retired_site_leaves_a_folder_in_which_the_host_finds_nothing_to_run()
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();
        await sites.RunAsync([.. Berlin, "--move-own", "paris-01"]);

        var run = await sites.RunAsync("site", "retire", "berlin-01", "--env", "production", "--quiet");

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Equal(["retired.yaml"], Directory.EnumerateFiles(Path.Combine(sites.Clone, "sites/production/berlin-01")).Select(Path.GetFileName));
        Assert.Equal(
            """
            # production/berlin-01 was retired: its host takes away all that it applied from this folder before, and keeps this object.
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: site-retired
              namespace: default
            data:
              site: production/berlin-01

            """,
            await sites.RemoteFileAsync("sites/production/berlin-01/retired.yaml"));
        Assert.Equal(new Invocation(0, "3 sites, 15 files: 0 errors, 0 warnings", ""), await sites.RunAsync("validate"));
        var again = await sites.RunAsync([.. Berlin]);
        Assert.Equal((0, ""), (again.Status, again.Error));
        Assert.Equal(new Invocation(0, "4 sites, 20 files: 0 errors, 0 warnings", ""), await sites.RunAsync("validate"));
    }

    [Fact]
    public async Task The_only_site_of_an_environment_stays()
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();

        var run = await sites.RunAsync("site", "retire", "uat", "--env", "uat", "--quiet");

        Assert.Equal(new Invocation(2, "", "error: uat is the only site of uat: add another first, or take the environment out of sites/environments.yaml"), run);
    }

    [Fact]
    public async Task Sites_are_listed_with_what_each_has_of_its_own_and_whether_its_files_are_as_rendered()
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();
        await sites.RunAsync([.. Berlin, "--move-own", "paris-01"]);
        sites.Write("sites/uat/vm.yaml", sites.Read("sites/uat/vm.yaml").Replace("cpus: 2", "cpus: 8", StringComparison.Ordinal));
        sites.Write("sites/qa/hall/face-detector.yaml", sites.Read("sites/qa/face-detector.yaml"));
        sites.Write("sites/inventory/qa/roof.yaml", "pool: 203.0.113.60-203.0.113.69\n");

        var run = await sites.RunAsync("site", "list", "-o", "json");

        var listed = JsonDocument.Parse(run.Output).RootElement.GetProperty("sites").EnumerateArray().ToList();
        Assert.Equal(
            ["production/berlin-01 rendered", "production/paris-01 rendered", "qa rendered", "qa/hall by hand", "qa/roof not rendered", "uat differs"],
            listed.Select(site => $"{site.GetProperty("folder")} {site.GetProperty("state")}"));
        Assert.Equal("""{"pool":"203.0.113.30-203.0.113.39","network":"berlin"}""", Compact(listed[0].GetProperty("values")));
        Assert.Equal("""{"ring":"canary"}""", Compact(listed[0].GetProperty("labels")));
        Assert.Equal("""["gpu"]""", Compact(listed[0].GetProperty("fragments")));
    }

    [Fact]
    public async Task An_environment_is_added_after_another_with_its_gates_and_the_pipelines_entry_is_said()
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();

        var run = await sites.RunAsync("environment", "add", "staging", "--after", "uat", "--set", "pool=203.0.113.30-203.0.113.39", "--quiet");

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains("      - template: pipelines/environment.yml\n        parameters:\n          environment: staging\n", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("and in the entry of production: after: approve_staging, and staging in place of uat in its evidence.", run.Output, StringComparison.Ordinal);
        Assert.Equal(["qa", "uat", "staging", "production"], Policy(await sites.RemoteFileAsync("sites/environments.yaml")));
        Assert.Equal(new Invocation(0, "4 sites, 20 files: 0 errors, 0 warnings", ""), await sites.RunAsync("validate"));
        var twice = await sites.RunAsync("environment", "add", "staging", "--after", "uat", "--set", "pool=203.0.113.30-203.0.113.39", "--quiet");
        Assert.Equal("error: there is an environment 'staging' already: take another name", twice.Error);
    }

    [Fact]
    public async Task Status_and_history_know_templates_and_sites()
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();
        await sites.RunAsync([.. Berlin, "--move-own", "paris-01"]);
        await sites.RunAsync("configure", "--env", "production", "--site", "berlin-01", "--set", "mode=eyes", "--quiet");
        await sites.PromoteAsync("qa", SitesRepository.Pinned("2.0.0", '2'), "--skip-gates");
        sites.Write("sites/uat/vm.yaml", sites.Read("sites/uat/vm.yaml").Replace("cpus: 2", "cpus: 8", StringComparison.Ordinal));
        await sites.CommitAsync("Edit by hand");

        var status = JsonDocument.Parse((await sites.RunAsync("status", "--offline", "-o", "json")).Output).RootElement.GetProperty("environments").EnumerateArray();
        var history = await ChangesAsync(sites, "history");
        var berlin = await ChangesAsync(sites, "history", "--env", "production", "--site", "berlin-01");
        var paris = await ChangesAsync(sites, "history", "--env", "production", "--site", "paris-01");

        Assert.Equal([0, 1, 0], status.Select(environment => environment.GetProperty("sitesNotAsRendered").GetInt32()));
        Assert.Equal(["configured: mode=eyes", "promoted", "site added: production/berlin-01"], history.Order(StringComparer.Ordinal));
        Assert.Equal(["configured: mode=eyes", "site added: production/berlin-01"], berlin.Order(StringComparer.Ordinal));
        Assert.Empty(paris);
    }

    [Fact]
    public async Task Status_counts_a_site_that_lacks_a_file_and_none_that_promotion_changed()
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();
        await sites.PromoteAsync("qa", SitesRepository.Pinned("2.0.0", '2'), "--skip-gates");
        await sites.GitAsync("rm", "--quiet", "sites/production/metallb.yaml");
        await sites.CommitAsync("Remove a file");

        var status = JsonDocument.Parse((await sites.RunAsync("status", "--offline", "-o", "json")).Output).RootElement.GetProperty("environments").EnumerateArray();

        Assert.Equal([0, 0, 1], status.Select(environment => environment.GetProperty("sitesNotAsRendered").GetInt32()));
    }

    private static async Task<IReadOnlyList<string>> ChangesAsync(SitesRepository sites, params string[] command) =>
        [.. JsonDocument.Parse((await sites.RunAsync([.. command, "-o", "json"])).Output).RootElement.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("change").GetString() ?? "promoted")];

    [Fact]
    public async Task Without_a_template_sites_are_not_added()
    {
        using var sites = await FleetRepository.CreateAsync();

        var run = await sites.RunAsync([.. Berlin]);

        Assert.Equal(new Invocation(2, "", "error: there is no sites/template/parameters.yaml: make a template of the sites: deploy-tool render --adopt"), run);
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);

    private static IEnumerable<string> Policy(string text) =>
        FaceEdge.Deploy.Sites.PolicyFile.Parse(System.Text.Encoding.UTF8.GetBytes(text)).Policy!.Environments.Select(environment => environment.Name);

    private static string Promoted(string manifest, string image)
    {
        Assert.Null(FaceEdge.Deploy.Sites.DetectorManifest.TryParse(System.Text.Encoding.UTF8.GetBytes(manifest), out var read));
        return System.Text.Encoding.UTF8.GetString(read.WithImage(image).Bytes);
    }
}
