using System.Text.Json;
using System.Text.RegularExpressions;
using FaceEdge.Deploy.Tests.Sites.Validation;
using FaceEdge.TestFleet;

namespace FaceEdge.Deploy.Tests.Commands;

public sealed partial class RenderTests
{
    [Fact]
    public async Task Sites_that_were_written_by_hand_are_rendered_byte_for_byte()
    {
        using var sites = SiteFolder.WithSources();

        var run = await Invocation.RunInAsync(sites.Repository, "render", "--check");

        Assert.Equal(new Invocation(0, "3 sites, 15 files: all as template and inventory make them", ""), run);
    }

    [Fact]
    public async Task The_sites_of_this_repository_are_as_template_and_inventory_make_them()
    {
        var run = await Invocation.RunInAsync(Fleet.RepositoryRoot, "render", "--check");

        Assert.True(run.Status == 0, run.Output + run.Error);
    }

    [Fact]
    public async Task A_value_of_the_inventory_goes_where_its_parameter_and_those_composed_of_it_stand_and_nowhere_else()
    {
        using var sites = await SiteFolder.WithSources().CommitAsync();
        sites.Replace("inventory/uat/uat.yaml", "edge-uat-01", "edge-uat-02");

        var check = await Invocation.RunInAsync(sites.Repository, "render", "--check");
        var run = await Invocation.RunInAsync(sites.Repository, "render");

        Assert.Equal(1, check.Status);
        Assert.Equal(
            """
            --- a/sites/uat/configureHost.yaml
            +++ b/sites/uat/configureHost.yaml
            @@ -37,7 +37,7 @@
                   "esx": {
                     "network": {
                       "net_stacks": [
            -            { "key": "defaultTcpipStack", "host_name": "edge-uat-01", "domain_name": "edge.example.com" }
            +            { "key": "defaultTcpipStack", "host_name": "edge-uat-02", "domain_name": "edge.example.com" }
                       ]
                     }
                   }
            @@ -55,7 +55,7 @@
                   "esx": {
                     "system": {
                       "welcome_message": {
            -            "message": "FaceEdge UAT host edge-uat-01\nManaged from Git: changes made here by hand are undone."
            +            "message": "FaceEdge UAT host edge-uat-02\nManaged from Git: changes made here by hand are undone."
                       }
                     }
                   }
            3 sites, 15 files: 1 not as template and inventory make them: run deploy-tool render
            """,
            check.Output);
        Assert.Equal(new Invocation(0, "3 sites, 15 files: 1 written", ""), run);
        Assert.Equal(0, (await Invocation.RunInAsync(sites.Repository, "render", "--check")).Status);
    }

    [Fact]
    public async Task A_template_edit_reaches_every_site_and_the_hash_of_the_settings_follows()
    {
        using var sites = await SiteFolder.WithSources().CommitAsync();
        sites.Replace("template/face-detector.yaml", "memory: 512Mi", "memory: 640Mi");
        sites.Replace("template/face-detector.yaml", "  Detector__Mode: ''\n", "  Detector__MaxFramesPerSecond: '10'\n  Detector__Mode: ''\n");

        await Invocation.RunInAsync(sites.Repository, "render");

        Assert.All(["qa", "uat", "production"], environment => Assert.Contains("memory: 640Mi", sites.Read($"{environment}/face-detector.yaml"), StringComparison.Ordinal));
        Assert.Equal(new Invocation(0, "3 sites, 15 files: 0 errors, 0 warnings", ""), await Invocation.RunInAsync(sites.Repository, "validate"));
    }

    [Fact]
    public async Task What_promotion_set_is_kept()
    {
        const string Promoted = "registry.example.com/faceedge/face-detector:2.0.0@sha256:2222222222222222222222222222222222222222222222222222222222222222";
        using var sites = await SiteFolder.WithSources().CommitAsync();
        var manifest = sites.Read("qa/face-detector.yaml");
        var image = manifest.Split('\n').First(line => line.StartsWith("          image: ", StringComparison.Ordinal)).Trim()["image: ".Length..];
        sites.Write("qa/face-detector.yaml", manifest.Replace(image, Promoted, StringComparison.Ordinal));
        sites.Replace("inventory/qa.yaml", "stage: QA", "stage: Quality");

        var run = await Invocation.RunInAsync(sites.Repository, "render", "--env", "qa");

        Assert.Equal("1 site, 5 files: 2 written", run.Output);
        var rendered = sites.Read("qa/face-detector.yaml");
        Assert.Equal(2, rendered.Split(Promoted).Length - 1);
        Assert.Contains("Page__Title: Face detection - Quality\n", rendered, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_site_is_rendered_alone_and_a_dry_run_writes_nothing()
    {
        using var sites = await SiteFolder.WithSources().CommitAsync();
        sites.Replace("template/vm.yaml", "cpus: 2", "cpus: 4");

        var run = await Invocation.RunInAsync(sites.Repository, "render", "--env", "uat", "--site", "uat", "--dry-run", "-o", "json");

        var answer = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(("dryRun", 1), (answer.GetProperty("outcome").GetString(), answer.GetProperty("sites").GetInt32()));
        Assert.Equal("sites/uat/vm.yaml", Assert.Single(answer.GetProperty("changed").EnumerateArray()).GetString());
        Assert.Contains("cpus: 2", sites.Read("uat/vm.yaml"), StringComparison.Ordinal);
    }

    /// <summary>A file, what is replaced in it and by what, and the one line that is the answer.</summary>
    public static TheoryData<string, string, string, string> BadInput => new()
    {
        { "inventory/qa/qa.yaml", "host:", "hots:", "error: sites/inventory/qa/qa.yaml:2:1: 'hots' is no parameter: did you mean host?" },
        { "inventory/qa.yaml", "stage:", "level:", "error: sites/inventory/qa.yaml:1:1: 'level' is no parameter: sites/template/parameters.yaml describes stage, siteName, title, mode, background, host, domain, welcome, pool, network, labels, settings" },
        { "inventory/qa/qa.yaml", "host:", "image:", "error: sites/inventory/qa/qa.yaml:2:1: image is not of the inventory: it stands in the site's own files: set it with deploy-tool promote, or rollback" },
        { "inventory/qa/qa.yaml", "host:", "environmentLabel: x\nhost:", "error: sites/inventory/qa/qa.yaml:2:1: environmentLabel follows from other parameters: set those, or delete this line" },
        { "inventory/qa/qa.yaml", "edge-qa-01", "edge_qa", "error: sites/inventory/qa/qa.yaml:2:7: host = 'edge_qa': allowed is a host name of letters, digits and dashes: correct the value" },
        { "inventory/qa/qa.yaml", "192.0.2.10-192.0.2.19", "192.0.2.19-192.0.2.10", "error: sites/inventory/qa/qa.yaml:3:7: pool = '192.0.2.19-192.0.2.10': allowed is a prefix such as 192.0.2.0/28 or a range such as 192.0.2.10-192.0.2.19: correct the value" },
        { "inventory/qa/qa.yaml", "pool:", "network:", "error: sites/inventory/qa/qa.yaml:1:1: qa has no pool, which has no default: add pool to sites/inventory/qa/qa.yaml" },
        { "inventory/qa/qa.yaml", "qa-lab", "'{siteName} lab'", "error: sites/inventory/qa/qa.yaml:1:11: siteName follows from itself: break the circle" },
        { "inventory/qa/qa.yaml", "qa-lab", "'{stadt} lab'", "error: sites/inventory/qa/qa.yaml:1:11: siteName names 'stadt', which is no parameter: sites/template/parameters.yaml describes stage, siteName, title, mode, background, host, domain, welcome, pool, network, labels, settings" },
        { "inventory/qa/qa.yaml", "qa-lab", "lab {", "error: sites/inventory/qa/qa.yaml:1:11: siteName: '{' begins or ends no name of a parameter; write it twice for a brace: docs/site-template.md describes the inventory" },
        { "inventory/qa/qa.yaml", "siteName: qa-lab", "siteName: qa-lab\nsiteName: other", "error: sites/inventory/qa/qa.yaml:2:1: siteName stands here twice: docs/site-template.md describes the inventory" },
        { "inventory/qa/qa.yaml", "siteName: qa-lab", "siteName: [qa-lab]", "error: sites/inventory/qa/qa.yaml:1:11: siteName must be a text: docs/site-template.md describes the inventory" },
        { "inventory/qa/qa.yaml", "siteName: qa-lab", "siteName: 'qa-lab", "error: sites/inventory/qa/qa.yaml:1:11: this ' is never closed: docs/site-template.md describes the inventory" },
        { "template/metallb.yaml", "  addresses:\n    - 192.0.2.10-192.0.2.19\n", "  addresses: []\n", "error: sites/template/parameters.yaml:96:17: pool sets IPAddressPool/site spec.addresses[0], which sites/template/metallb.yaml has not: spec.addresses[0]: nothing at '[0]': restore it in the template, or correct the path" },
        { "template/configureHost.yaml", "\"host_name\"", "\"hostname\"", "error: sites/template/parameters.yaml:63:15: host sets HostConfiguration/host-name spec.profile esx.network.net_stacks[key=defaultTcpipStack].host_name, which sites/template/configureHost.yaml has not: spec.profile has nothing at esx.network.net_stacks[key=defaultTcpipStack].host_name: restore it in the template, or correct the path" },
        { "template/parameters.yaml", "type: hostName", "type: hostname", "error: sites/template/parameters.yaml:60:11: parameters[7].type: 'hostname' is none of text, number, colour, addressRange, hostName, enumeration, labelMap, settingMap: docs/site-template.md describes every key" },
        { "template/parameters.yaml", "default: edge-{site}", "default: edge-{host}", "error: sites/template/parameters.yaml:59:11: host follows from itself: docs/site-template.md describes every key" },
        { "inventory/qa/qa.yaml", "host:", "fragments: [gpus]\nhost:", "error: sites/inventory/qa/qa.yaml:2:13: there is no fragment 'gpus'; did you mean gpu?: the template has control-plane, counts-volume, gpu, network, second-camera" },
        { "inventory/qa/qa.yaml", "host:", "fragments: gpu\nhost:", "error: sites/inventory/qa/qa.yaml:2:12: fragments must be a list of names: docs/site-template.md describes the inventory" },
        { "inventory/qa/qa.yaml", "host:", "labels: canary\nhost:", "error: sites/inventory/qa/qa.yaml:2:1: labels must be entries by their keys: write it as labels: { KEY: VALUE }" },
        { "inventory/qa/qa.yaml", "host:", "labels: {ring: a b}\nhost:", "error: sites/inventory/qa/qa.yaml:2:16: labels: ring = 'a b': allowed is at most 63 letters, digits, dashes, dots and underscores, the first and the last of them a letter or digit: correct the entry" },
        { "inventory/qa/qa.yaml", "host:", "labels: {faceedge.dev/environment: x}\nhost:", "error: sites/template/parameters.yaml:109:17: labels: sites/template/face-detector.yaml has Deployment/face-detector metadata.labels[\"faceedge.dev/environment\"] already: take the entry out of the inventory, or correct the place" },
        { "template/fragments/gpu.yaml", "spec.template.spec\n", "spec.pod\n", "error: sites/template/fragments/gpu.yaml:2:9: cannot be added to sites/template/face-detector.yaml: Deployment/face-detector: spec.pod: nothing at 'pod': correct the place, or the template" },
        { "template/fragments/gpu.yaml", "    runtimeClassName: nvidia", "    - nvidia", "error: sites/template/fragments/gpu.yaml:2:9: cannot be added to sites/template/face-detector.yaml: Deployment/face-detector: spec.template.spec is not of the kind of what is added: a list takes items, a mapping takes entries: correct the place, or the template" },
        { "template/fragments/counts-volume.yaml", "kind: PersistentVolumeClaim", "kind: Claim", "error: sites/template/fragments/counts-volume.yaml:7:5: add: must be the document PersistentVolumeClaim/face-detector where no path says what of it is added to: docs/site-template.md describes fragments" },
        { "template/fragments/gpu.yaml", "- file: face", "- fiel: face", "error: sites/template/fragments/gpu.yaml:2:3: file is missing: docs/site-template.md describes fragments" },
        { "template/parameters.yaml", "fragment: network", "fragment: lan", "error: sites/template/parameters.yaml:98:11: network is of the fragment 'lan', and there is no sites/template/fragments/lan.yaml: add the file, or correct the name" },
        { "template/parameters.yaml", "data.Site__Name", "data.Page__Title", "error: sites/template/parameters.yaml:42:17: title and siteName set one scalar of face-detector.yaml, ConfigMap/face-detector data.Page__Title: let one of them set it" },
    };

    [Fact]
    public async Task A_fragment_brings_a_document_of_its_own_and_the_site_is_valid_and_adopted_as_it_is()
    {
        using var sites = await SiteFolder.WithSources().CommitAsync();
        var own = sites.Read("inventory/qa/qa.yaml");
        sites.Write("inventory/qa/qa.yaml", own + "fragments: [counts-volume]\n");

        Assert.Equal(new Invocation(0, "3 sites, 15 files: 1 written", ""), await Invocation.RunInAsync(sites.Repository, "render"));

        var rendered = sites.Read("qa/face-detector.yaml");
        Assert.EndsWith(
            """

            ---
            # Counts of people and keys of sign-ins, which outlive the pod (docs/counts.md).
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata:
              name: face-detector
              namespace: face-detector
              labels:
                app.kubernetes.io/name: face-detector
                app.kubernetes.io/part-of: faceedge
            spec:
              accessModes:
                - ReadWriteOnce
              resources:
                requests:
                  storage: 100Mi

            """.ReplaceLineEndings("\n"),
            rendered, StringComparison.Ordinal);
        Assert.Contains("\n  Counts__Path: /var/lib/faceedge\n", rendered, StringComparison.Ordinal);
        Assert.Contains("\n        - name: kept\n          persistentVolumeClaim:\n            claimName: face-detector\n", rendered, StringComparison.Ordinal);
        Assert.Equal(new Invocation(0, "3 sites, 15 files: 0 errors, 0 warnings", ""), await Invocation.RunInAsync(sites.Repository, "validate"));

        sites.Write("inventory/qa/qa.yaml", own);
        await Invocation.RunInAsync(sites.Repository, "render", "--adopt");
        Assert.Equal((own + "fragments:\n  - counts-volume\n", rendered), (sites.Read("inventory/qa/qa.yaml"), sites.Read("qa/face-detector.yaml")));
    }

    [Fact]
    public async Task Labels_fragments_and_a_network_are_added_where_they_belong_and_the_sites_are_valid()
    {
        using var sites = await SiteFolder.WithSources().CommitAsync();
        sites.Write("inventory/qa/qa.yaml", sites.Read("inventory/qa/qa.yaml") + "network: '{site}-lan'\nfragments: [second-camera, gpu]\nlabels:\n  ring: canary\n  tier: '1'\n");
        sites.Write("inventory/uat.yaml", "stage: UAT\nfragments: [control-plane]\nlabels: { ring: second }\n");

        var run = await Invocation.RunInAsync(sites.Repository, "render");

        Assert.Equal(new Invocation(0, "3 sites, 15 files: 3 written", ""), run);
        Assert.Equal(
            """
                faceedge.dev/environment: qa
            +    ring: canary
            +    tier: '1'
                  memory: 512Mi
            +              nvidia.com/gpu: '1'
            +            # A second camera; like the first one's, its address is never in Git.
            +            - name: Cameras__door__Url
            +              valueFrom:
            +                secretKeyRef:
            +                  name: face-detector-camera
            +                  key: door
            +                  optional: true
            +      runtimeClassName: nvidia
            """.Split('\n').Where(line => line[0] == '+').Select(line => line[1..]).Order(StringComparer.Ordinal),
            Added(sites.Read("qa/face-detector.yaml"), Fleet.Manifest("qa")));
        Assert.Equal(["  labels:", "    faceedge.dev/network: qa-lan"], Added(sites.Read("qa/metallb.yaml"), sites.Read("template/metallb.yaml")).OrderDescending());
        Assert.Contains("\n    ring: second\nspec:\n", sites.Read("uat/face-detector.yaml"), StringComparison.Ordinal);
        Assert.Contains("\n      tolerations:\n        - key: node-role", sites.Read("uat/face-detector.yaml"), StringComparison.Ordinal);
        Assert.Equal(new Invocation(0, "3 sites, 15 files: 0 errors, 0 warnings", ""), await Invocation.RunInAsync(sites.Repository, "validate"));
    }

    [Fact]
    public async Task Without_telemetry_in_the_template_sites_have_none_and_nothing_may_be_about_it()
    {
        using var sites = SiteFolder.WithSources();
        foreach (var folder in new[] { "template", "qa", "uat", "production" })
        {
            File.Delete(sites.PathOf($"{folder}/telemetry.yaml"));
        }

        var about = await Invocation.RunInAsync(sites.Repository, "render", "--check");
        sites.Write("template/parameters.yaml", AgentPlace().Replace(sites.Read("template/parameters.yaml"), "").Replace("    sets:\n\n", "\n", StringComparison.Ordinal));

        Assert.Equal(
            new Invocation(2, "", "error: sites/template/parameters.yaml:18:15: environmentLabel is about telemetry.yaml, which sites/template has not: restore the file, or take the place out"),
            about);
        Assert.Equal(new Invocation(0, "3 sites, 12 files: all as template and inventory make them", ""), await Invocation.RunInAsync(sites.Repository, "render", "--check"));
        Assert.Equal(new Invocation(0, "3 sites, 12 files: 0 errors, 0 warnings", ""), await Invocation.RunInAsync(sites.Repository, "validate"));
    }

    [GeneratedRegex(" +- file: telemetry.yaml\n.+\n.+\n")]
    private static partial Regex AgentPlace();

    private static IEnumerable<string> Added(string now, string before)
    {
        var left = before.Split('\n').ToList();
        return now.Split('\n').Where(line => !left.Remove(line)).Order(StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BadInput))]
    public async Task Bad_input_is_one_line_with_its_place_and_what_to_do_and_nothing_is_written(string file, string text, string replacement, string expected)
    {
        using var sites = SiteFolder.WithSources();
        sites.Replace(file, text, replacement);
        var before = sites.Read("qa/face-detector.yaml");

        var run = await Invocation.RunInAsync(sites.Repository, "render");

        Assert.Equal(new Invocation(2, "", expected), run);
        Assert.Equal(before, sites.Read("qa/face-detector.yaml"));
    }

    [Fact]
    public async Task Two_sites_of_one_name_are_named_with_both_places()
    {
        using var sites = SiteFolder.WithSources();
        sites.Write("inventory/qa/berlin-01.yaml", "pool: 192.0.2.30-192.0.2.39\nsiteName: qa-lab\n");

        var run = await Invocation.RunInAsync(sites.Repository, "render");

        Assert.Equal(
            new Invocation(2, "", "error: sites/inventory/qa/berlin-01.yaml:2:11: siteName = 'qa-lab' is that of qa too (sites/inventory/qa/qa.yaml:1): give each site its own"),
            run);
    }

    [Fact]
    public async Task Two_hosts_of_one_name_are_a_contradiction_wherever_they_are()
    {
        using var sites = SiteFolder.WithSources();
        sites.Replace("inventory/uat/uat.yaml", "edge-uat-01", "edge-qa-01");

        var run = await Invocation.RunInAsync(sites.Repository, "render");

        Assert.Equal(
            "error: sites/inventory/uat/uat.yaml:2:7: hostAddress = 'edge-qa-01.edge.example.com' is that of qa too (sites/inventory/qa/qa.yaml:2): give each site its own",
            run.Error);
    }

    [Fact]
    public async Task Addresses_may_overlap_unless_they_are_of_one_network()
    {
        using var sites = SiteFolder.WithSources();
        sites.Write("inventory/qa/berlin-01.yaml", "pool: 192.0.2.16/28\nnetwork: berlin-lan\n");
        sites.Write("inventory/qa/berlin-02.yaml", "pool: 192.0.2.0-192.0.2.16\nnetwork: berlin-lan\n");
        var overlapping = await Invocation.RunInAsync(sites.Repository, "render");
        sites.Replace("inventory/qa/berlin-02.yaml", "berlin-lan", "paris-lan");
        var apart = await Invocation.RunInAsync(sites.Repository, "render");

        Assert.Equal(
            new Invocation(
                2, "",
                "error: sites/inventory/qa/berlin-01.yaml:1:7: pool = 192.0.2.16/28 overlaps 192.0.2.0-192.0.2.16 of qa/berlin-02 (sites/inventory/qa/berlin-02.yaml:1), "
                + "and both are of the network 'berlin-lan': give each site addresses of its own, or its network another name"),
            overlapping);
        Assert.Equal((0, "5 sites, 25 files: 10 written"), (apart.Status, apart.Output));
    }

    [Fact]
    public async Task A_file_that_is_no_inventory_is_named()
    {
        using var sites = SiteFolder.WithSources();
        sites.Write("inventory/qa/Berlin.yaml", "");
        sites.Write("inventory/readme.md", "");

        var run = await Invocation.RunInAsync(sites.Repository, "render");

        File.Delete(sites.PathOf("inventory/qa/Berlin.yaml"));
        File.Delete(sites.PathOf("inventory/readme.md"));
        sites.Write("inventory/staging/staging.yaml", "pool: 192.0.2.30-192.0.2.39\n");
        var lost = await Invocation.RunInAsync(sites.Repository, "render");
        var found = await Invocation.RunInAsync(sites.Repository, "validate");

        Assert.Equal("error: sites/inventory/staging/staging.yaml:1:1: there is no environment 'staging': sites/environments.yaml names qa, uat, production", lost.Error);
        Assert.StartsWith("sites/inventory/staging/staging.yaml:1:1: error FE8003: the policy has no environment 'staging'", found.Output, StringComparison.Ordinal);
        Assert.Equal("error: sites/inventory/qa/Berlin.yaml:1:1: 'Berlin' is no name of at most 63 lower-case letters, digits and dashes: rename it: it is the name of a folder too", run.Error);
    }

    [Fact]
    public async Task Without_a_template_it_is_wrong_input()
    {
        using var sites = new SiteFolder();

        var run = await Invocation.RunInAsync(sites.Repository, "render");

        Assert.Equal(new Invocation(2, "", "error: there is no sites/template/parameters.yaml: make a template of the sites: deploy-tool render --adopt"), run);
    }
}
