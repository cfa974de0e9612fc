using System.Text.Json;
using FaceEdge.Deploy.Tests.Sites.Validation;

namespace FaceEdge.Deploy.Tests.Commands;

public sealed class DiffTests
{
    [Theory]
    [InlineData("qa", "uat")]
    [InlineData("uat", "production")]
    public async Task Environments_that_differ_in_what_may_differ_alone_are_reported_so(string from, string to)
    {
        using var sites = new SiteFolder();

        var run = await Invocation.RunInAsync(sites.Repository, "diff", "--from", from, "--to", to);

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.StartsWith($"{from} and {to} differ only in what may differ: data.Page__Title, data.Site__Environment, data.Site__Name, ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Differences_are_shown_by_path_with_their_places_and_comments_and_order_are_none()
    {
        using var sites = new SiteFolder();
        sites.Replace("uat/face-detector.yaml", "cpu: 500m", "cpu: 750m # more cameras");
        sites.Replace("uat/face-detector.yaml", "prometheus.io/scrape: 'true'\n        prometheus.io/port: '8080'", "prometheus.io/port: \"8080\"\n        prometheus.io/scrape: 'true'");
        sites.Replace("uat/vm.yaml", "      ethernetCardType: vmxnet3\n", "");

        var run = await Invocation.RunInAsync(sites.Repository, "diff", "--from", "qa", "--to", "uat");

        Assert.Equal(1, run.Status);
        Assert.Equal(
            """
            Deployment/face-detector
              spec.template.spec.containers[name=face-detector].resources.requests.cpu
                - 500m   sites/qa/face-detector.yaml:117
                + 750m   sites/uat/face-detector.yaml:117
            VirtualMachine/site-tools
              spec.networkInterfaces[0].ethernetCardType
                - vmxnet3   sites/qa/vm.yaml:51
            qa and uat differ in 2 values
            """,
            run.Output);
    }

    [Fact]
    public async Task A_change_of_the_host_is_flagged_down_to_the_value_within_its_profile()
    {
        using var sites = new SiteFolder();
        sites.Replace("uat/configureHost.yaml", "0.pool.ntp.org", "ntp.example.com");

        var run = await Invocation.RunInAsync(sites.Repository, "diff", "--from", "qa", "--to", "uat", "-o", "json");

        var answer = JsonDocument.Parse(run.Output).RootElement;
        var difference = Assert.Single(answer.GetProperty("differences").EnumerateArray());
        Assert.True(answer.GetProperty("touchesHost").GetBoolean());
        Assert.Equal("spec.profile.esx.system.system_time.ntp_config.server[0].hostname", difference.GetProperty("path").GetString());
        Assert.Equal("\"ntp.example.com\"", difference.GetProperty("to").GetString());
    }

    [Fact]
    public async Task An_object_that_one_side_lacks_is_a_difference()
    {
        using var sites = new SiteFolder();
        sites.Replace("uat/metallb.yaml", "kind: L2Advertisement\nmetadata:\n  name: site", "kind: L2Advertisement\nmetadata:\n  name: other");

        var run = await Invocation.RunInAsync(sites.Repository, "diff", "--from", "qa", "--to", "uat");

        Assert.Contains("L2Advertisement/other\n  the whole object\n    + (the whole object)   sites/uat/metallb.yaml:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_is_compared_with_what_its_environment_gives()
    {
        using var sites = SiteFolder.WithSources();
        sites.Write("inventory/production.yaml", "stage: PRODUCTION\nmode: face\nlabels: { ring: all }\n");
        sites.Write("inventory/production/berlin-01.yaml", "pool: 203.0.113.30-203.0.113.39\nmode: eyes\nfragments: [gpu]\nlabels:\n  ring: canary\n");

        var run = await Invocation.RunInAsync(sites.Repository, "diff", "--site", "production/berlin-01");
        var none = await Invocation.RunInAsync(sites.Repository, "diff", "--site", "production/berlin");
        var both = await Invocation.RunInAsync(sites.Repository, "diff", "--site", "qa", "--from", "qa");

        Assert.Equal(
            new Invocation(
                1,
                """
                pool: 203.0.113.30-203.0.113.39   sites/inventory/production/berlin-01.yaml:1
                mode: eyes instead of face   sites/inventory/production/berlin-01.yaml:2
                labels.ring: canary instead of all   sites/inventory/production/berlin-01.yaml:5
                fragments: gpu   sites/inventory/production/berlin-01.yaml:3
                production/berlin-01 differs from what production gives its sites in 4 values
                sites/production/berlin-01/configureHost.yaml is not what template and inventory make of it
                sites/production/berlin-01/face-detector.yaml is not what template and inventory make of it
                sites/production/berlin-01/vm.yaml is not what template and inventory make of it
                sites/production/berlin-01/metallb.yaml is not what template and inventory make of it
                sites/production/berlin-01/telemetry.yaml is not what template and inventory make of it
                """,
                ""),
            run);
        Assert.Equal("error: there is no site 'production/berlin'; did you mean production/berlin-01?: deploy-tool site list names them", none.Error);
        Assert.Equal(2, both.Status);
    }

    [Theory]
    [InlineData("staging", "there is no environment 'staging'")]
    [InlineData("production/berlin", "production has no site 'berlin'")]
    public async Task An_environment_that_is_not_there_is_wrong_input(string name, string reason)
    {
        using var sites = new SiteFolder();

        var run = await Invocation.RunInAsync(sites.Repository, "diff", "--from", "qa", "--to", name);

        Assert.Equal(2, run.Status);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }
}
