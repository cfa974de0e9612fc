using FaceEdge.Deploy.Tests.Sites;

namespace FaceEdge.Deploy.Tests.Commands;

/// <summary>A misspelt name is reported alike by every command that takes one: the name that was meant, and where the names are.</summary>
public sealed class UnknownNameTests
{
    private const string Environment = "error: there is no environment 'prodcution'; did you mean production?: sites/environments.yaml names qa, uat, production";

    [Fact]
    public async Task Every_command_that_takes_an_environment_names_the_one_that_was_meant()
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();
        string[] commands =
        [
            "promote --to prodcution --image registry.example.com/faceedge/face-detector:1@sha256:1111111111111111111111111111111111111111111111111111111111111111 --skip-image-check",
            "promote --from prodcution --to uat --skip-image-check",
            "rollback --env prodcution",
            "rollout --env prodcution --skip-image-check",
            "rollout --env prodcution --pause frost",
            "configure --env prodcution --set Detector__Mode=eyes",
            "check-site --env prodcution --url http://localhost:1",
            "history --env prodcution",
            "fleet --env prodcution --prometheus http://localhost:1",
            "validate --env prodcution",
            "diff --from prodcution --to uat",
            "diff --from qa --to prodcution/berlin",
            "render --env prodcution",
            "render --env prodcution --adopt",
            "site list --env prodcution",
            "site add berlin --env prodcution --set pool=203.0.113.50-203.0.113.59",
            "site rename qa lab --env prodcution",
            "site retire qa --env prodcution",
        ];
        foreach (var command in commands)
        {
            Assert.Equal((command, new Invocation(2, "", Environment)), (command, await sites.RunAsync([.. command.Split(' '), "--quiet"])));
        }
    }

    [Fact]
    public async Task Every_command_that_takes_a_site_names_the_one_that_was_meant()
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();
        string[] commands =
        [
            "configure --env uat --site uta --set Detector__Mode=eyes",
            "check-site --env uat --site uta --url http://localhost:1",
            "fleet --env uat --site uta --prometheus http://localhost:1",
            "diff --from qa --to uat/uta",
            "render --env uat --site uta",
            "render --env uat --site uta --adopt",
            "site rename uta lab --env uat",
            "site retire uta --env uat",
        ];
        foreach (var command in commands)
        {
            Assert.Equal(
                (command, new Invocation(2, "", "error: uat has no site 'uta'; did you mean uat?: deploy-tool site list --env uat names them")),
                (command, await sites.RunAsync([.. command.Split(' '), "--quiet"])));
        }

        Assert.Equal(
            new Invocation(2, "", "error: there is no site 'uta'; did you mean uat?: deploy-tool site list names them"), await sites.RunAsync("diff", "--site", "uta"));
    }

    [Fact]
    public async Task Names_in_files_are_suggested_too()
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();
        sites.Write("sites/rollout.yaml", "version: 1\nrollouts:\n  - environment: prodcution\n    waves: [{name: all, percent: 100}]\n");
        var waves = await sites.RunAsync("validate");
        sites.Write("sites/inventory/qa/qa.yaml", sites.Read("sites/inventory/qa/qa.yaml") + "fragments: [gup]\n");
        var fragment = await sites.RunAsync("render", "--check");

        Assert.Contains("'prodcution' is no environment of environments.yaml; did you mean production?", waves.Output, StringComparison.Ordinal);
        Assert.Contains("there is no fragment 'gup'; did you mean gpu?: the template has ", fragment.Error, StringComparison.Ordinal);
    }
}
