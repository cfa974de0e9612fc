using FaceEdge.Deploy.Tests.Sites;
using FaceEdge.Deploy.Tests.Sites.Validation;

namespace FaceEdge.Deploy.Tests.Commands;

/// <summary>Edits of rendered files by hand: taken into the inventory or refused, never lost.</summary>
public sealed class AdoptTests
{
    private const string Detector = "uat/face-detector.yaml";

    [Fact]
    public async Task An_edit_by_hand_is_not_overwritten_when_the_template_changes()
    {
        using var sites = await SiteFolder.WithSources().CommitAsync();
        sites.Replace("template/vm.yaml", "cpus: 2", "cpus: 4");
        sites.Replace(Detector, "Page__Title: Face detection - UAT", "Page__Title: Mine");

        var run = await Invocation.RunInAsync(sites.Repository, "render");

        Assert.Equal(
            new Invocation(
                1, "",
                "error: sites/uat/face-detector.yaml:25:1: 'Page__Title: Mine' was written by hand: template and inventory made it 'Page__Title: Face detection - UAT': "
                + "take it into the inventory with deploy-tool render --adopt, or undo it with git restore"),
            run);
        Assert.Contains("cpus: 2", sites.Read("qa/vm.yaml"), StringComparison.Ordinal);
        Assert.Contains("Page__Title: Mine", sites.Read(Detector), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_edited_by_hand_is_adopted_where_it_is_a_value_and_what_follows_from_it_is_not_set_twice()
    {
        using var sites = await SiteFolder.WithSources().CommitAsync();
        sites.Replace(Detector, "Page__Title: Face detection - UAT", "Page__Title: 'Faces {1}'");
        sites.Replace(Detector, "    faceedge.dev/environment: uat\n", "    faceedge.dev/environment: uat\n    ring: canary\n");
        sites.Write("uat/configureHost.yaml", sites.Read("uat/configureHost.yaml").Replace("edge-uat-01", "edge-uat", StringComparison.Ordinal));

        var adopt = await Invocation.RunInAsync(sites.Repository, "render", "--adopt");

        Assert.Equal(new Invocation(0, "3 sites: 2 files of template and inventory written", ""), adopt);
        Assert.Equal("siteName: uat-lab\npool: 192.0.2.10-192.0.2.19\nlabels:\n  ring: canary\ntitle: 'Faces {{1}}'\n", sites.Read("inventory/uat/uat.yaml"));
        Assert.Equal(0, (await Invocation.RunInAsync(sites.Repository, "render", "--check")).Status);
        Assert.Equal(new Invocation(0, "3 sites, 15 files: 0 errors, 0 warnings", ""), await Invocation.RunInAsync(sites.Repository, "validate"));
    }

    [Theory]
    [InlineData("uat/vm.yaml", "cpus: 2", "cpus: 8", "error: sites/uat/vm.yaml:15:1: 'cpus: 8' is no value of a parameter: sites/template/vm.yaml:15 makes it 'cpus: 2': edit the template for all sites, make a fragment of it for some, or undo it with git restore")]
    [InlineData("uat/metallb.yaml", "192.0.2.10-192.0.2.19", "192.0.2.10", "error: sites/inventory/uat/uat.yaml:3:7: pool = '192.0.2.10': allowed is a prefix such as 192.0.2.0/28 or a range such as 192.0.2.10-192.0.2.19: correct the value")]
    [InlineData("uat/vm.yaml", "kind: Namespace", "kind: [", "error: sites/uat/vm.yaml:5:7: ',' or ']' is expected here, in what the '[' of line 3 begins: correct the YAML at this place")]
    public async Task What_no_inventory_can_say_is_refused_with_its_place_and_nothing_is_written(string file, string text, string replacement, string expected)
    {
        using var sites = await SiteFolder.WithSources().CommitAsync();
        sites.Replace(file, text, replacement);
        var before = sites.Read("inventory/uat/uat.yaml");

        var run = await Invocation.RunInAsync(sites.Repository, "render", "--adopt", "--env", "uat");

        Assert.Equal(new Invocation(2, "", expected), run);
        Assert.Equal(before, sites.Read("inventory/uat/uat.yaml"));
    }

    [Fact]
    public async Task Copied_sites_become_a_template_and_an_inventory_that_render_them_byte_for_byte()
    {
        using var sites = await new SiteFolder().CommitAsync();
        sites.Replace("production/metallb.yaml", "192.0.2.10", "192.0.2.11");
        sites.Replace("production/face-detector.yaml", "    faceedge.dev/environment: production\n", "    faceedge.dev/environment: production\n    ring: canary\n");

        var adopt = await Invocation.RunInAsync(sites.Repository, "render", "--adopt");

        Assert.Equal(new Invocation(0, "3 sites: 9 files of template and inventory written", ""), adopt);
        Assert.Equal(
            """
            # In what the sites differ, as they were found. docs/site-template.md describes every key.
            version: 1

            parameters:
              - name: hostName
                type: text
                default: 'edge-{site}-01'
                sets:
                  - file: configureHost.yaml
                    document: HostConfiguration/host-name
                    path: spec.profile
                    member: 'esx.network.net_stacks[0].host_name'
              - name: message
                type: text
                sets:
                  - file: configureHost.yaml
                    document: HostConfiguration/welcome-message
                    path: spec.profile
                    member: esx.system.welcome_message.message
              - name: pageTitle
                type: text
                sets:
                  - file: face-detector.yaml
                    document: ConfigMap/face-detector
                    path: data.Page__Title
              - name: siteEnvironment
                type: text
                default: '{site}'
                sets:
                  - file: face-detector.yaml
                    document: ConfigMap/face-detector
                    path: data.Site__Environment
                  - file: face-detector.yaml
                    document: Deployment/face-detector
                    path: 'metadata.labels["faceedge.dev/environment"]'
                  - file: telemetry.yaml
                    document: Deployment/telemetry-agent
                    path: 'spec.template.spec.containers[name=telemetry-agent].env[name=SITE].value'
                  - file: telemetry.yaml
                    document: Deployment/telemetry-agent
                    path: 'spec.template.spec.containers[name=telemetry-agent].env[name=ENVIRONMENT].value'
              - name: siteName
                type: text
                default: '{site}-lab'
                sets:
                  - file: face-detector.yaml
                    document: ConfigMap/face-detector
                    path: data.Site__Name
              - name: addresses
                type: addressRange
                sets:
                  - file: metallb.yaml
                    document: IPAddressPool/site
                    path: 'spec.addresses[0]'
              - name: labels
                type: labelMap
                sets:
                  - file: face-detector.yaml
                    document: Deployment/face-detector
                    path: metadata.labels
              - name: image
                type: text
                owner: promotion
                sets:
                  - file: face-detector.yaml
                    document: Deployment/face-detector
                    path: 'spec.template.spec.containers[name=face-detector].image'
                  - file: face-detector.yaml
                    document: Deployment/face-detector
                    path: 'spec.template.spec.containers[name=face-detector].env[name=Site__Image].value'

            """,
            sites.Read("template/parameters.yaml"));
        Assert.Equal(
            "message: \"FaceEdge PRODUCTION host edge-production-01\\nManaged from Git: changes made here by hand are undone.\"\n"
            + "pageTitle: Face detection - PRODUCTION\naddresses: 192.0.2.11-192.0.2.19\nlabels:\n  ring: canary\n",
            sites.Read("inventory/production/production.yaml"));
        Assert.Equal(new Invocation(0, "3 sites, 15 files: all as template and inventory make them", ""), await Invocation.RunInAsync(sites.Repository, "render", "--check"));
        Assert.Equal(0, (await Invocation.RunInAsync(sites.Repository, "validate")).Status);
    }

    [Fact]
    public async Task Copies_that_are_built_otherwise_are_named_and_no_template_is_made()
    {
        using var sites = await new SiteFolder().CommitAsync();
        sites.Replace("uat/vm.yaml", "    memory: 2Gi\n", "    memory: 2Gi\n    devices: {}\n");

        var run = await Invocation.RunInAsync(sites.Repository, "render", "--adopt");

        Assert.Equal(
            "error: sites/uat/vm.yaml:17:5: 'devices' is not in production/vm.yaml: make the sites alike but for values, and add what only some have as a fragment afterwards",
            run.Error.Replace("not in qa/", "not in production/", StringComparison.Ordinal));
        Assert.False(Directory.Exists(sites.PathOf("template")));
    }

    [Fact]
    public async Task The_work_trees_template_is_committed_with_all_that_is_rendered_from_it()
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();
        sites.Write("sites/template/vm.yaml", sites.Read("sites/template/vm.yaml").Replace("cpus: 2", "cpus: 4", StringComparison.Ordinal));
        sites.Write("sites/inventory/production/berlin-01.yaml", "pool: 192.0.2.30-192.0.2.39\n");
        await sites.RunAsync("render");

        var run = await sites.RunAsync("render", "--commit", "--quiet");

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Equal("", await sites.GitAsync("status", "--porcelain"));
        Assert.Contains("cpus: 4", await sites.RemoteFileAsync("sites/uat/vm.yaml"), StringComparison.Ordinal);
        Assert.Contains("cpus: 4", await sites.RemoteFileAsync("sites/production/berlin-01/vm.yaml"), StringComparison.Ordinal);
        Assert.Equal(
            "Render the sites from another template and inventory\n\n4 sites change.\n\n[skip ci]\n\nRendered-Sites: template/vm.yaml, inventory/production/berlin-01.yaml",
            (await sites.RemoteMessageAsync()).Trim());
    }

    [Fact]
    public async Task Rendering_is_not_committed_over_an_edit_by_hand()
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();
        var commits = await sites.RemoteCommitsAsync();
        sites.Write("sites/template/vm.yaml", sites.Read("sites/template/vm.yaml").Replace("cpus: 2", "cpus: 4", StringComparison.Ordinal));
        sites.Write("sites/uat/vm.yaml", sites.Read("sites/uat/vm.yaml").Replace("cpus: 2", "cpus: 8", StringComparison.Ordinal));

        var run = await sites.RunAsync("render", "--commit", "--quiet");

        Assert.Equal(1, run.Status);
        Assert.StartsWith("error: sites/uat/vm.yaml:15:1: 'cpus: 8' was written by hand", run.Error, StringComparison.Ordinal);
        Assert.Equal(commits, await sites.RemoteCommitsAsync());
        Assert.Contains("cpus: 8", sites.Read("sites/uat/vm.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promotion_does_not_ask_whether_a_site_is_as_rendered()
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();
        sites.Write("sites/qa/vm.yaml", sites.Read("sites/qa/vm.yaml").Replace("cpus: 2", "cpus: 8", StringComparison.Ordinal));
        await sites.CommitAsync("Edit by hand");
        await sites.GitAsync("push", "--quiet");

        var promote = await sites.PromoteAsync("qa", Deploy.Tests.Promotion.SitesRepository.Pinned("2.0.0", '2'), "--skip-gates");
        var check = await sites.RunAsync("validate", "--env", "qa");

        Assert.Equal((0, ""), (promote.Status, promote.Error));
        Assert.StartsWith("sites/qa/vm.yaml:15:1: error FE8002: 'cpus: 8' is to be 'cpus: 2' (sites/template/vm.yaml:15)", check.Output, StringComparison.Ordinal);
        Assert.Contains("1 site, 5 files: 1 error, 0 warnings", check.Output, StringComparison.Ordinal);
    }
}
