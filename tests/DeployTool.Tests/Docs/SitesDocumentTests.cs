using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Tests.Promotion;
using FaceEdge.Deploy.Tests.PullRequests;
using FaceEdge.Deploy.Tests.Sites;
using FaceEdge.TestFleet;

namespace FaceEdge.Deploy.Tests.Docs;

/// <summary>
/// What the documents say of sites is run, not believed. Only parsed are the commands that need more than a repository: those of fleet.md and
/// <c>rollout --watch</c> a Prometheus, <c>promote</c> a registry and what the gates ask for, and a <c>rollout</c> a promotion before it.
/// </summary>
public sealed class SitesDocumentTests
{
    /// <summary>Before what the pages show, production's own site has got a folder of its own.</summary>
    private const string FirstSite = "deploy-tool site add paris-01 --env production --move-own site-001 --set pool=192.0.2.64/28";
    private const string Berlin = "deploy-tool site add berlin-01 --env production --set pool=192.0.2.32/28";

    private static readonly string Text = string.Concat(new[] { "sites", "site-settings", "site-policy" }
        .Select(name => File.ReadAllText(Path.Combine(Fleet.RepositoryRoot, "docs", name + ".md"))));

    public static TheoryData<string> Commands => [.. Text.Split('\n').Where(line => line.StartsWith("deploy-tool ", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_of_the_document_does_what_it_says(string command)
    {
        using var sites = await FleetRepository.CreateAsync();

        await RunAsync(sites, command);
    }

    [Fact]
    public async Task Sites_come_and_go_as_the_page_shows()
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();
        await RunAsync(sites, FirstSite);

        await RunAllAsync(sites, "site-fleet", line => line.Contains(" site ", StringComparison.Ordinal) || line.Contains(" environment ", StringComparison.Ordinal), 5);
    }

    [Fact]
    public async Task Sites_are_looked_at_as_the_page_shows()
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();
        await RunAsync(sites, FirstSite);
        await RunAsync(sites, Berlin);

        await RunAllAsync(sites, "site-fleet", line => !line.Contains(" site ", StringComparison.Ordinal) && !line.Contains(" environment ", StringComparison.Ordinal), 3);
    }

    [Fact]
    public async Task Sites_are_rendered_as_the_page_shows()
    {
        using var sites = await FleetRepository.CreateWithSourcesAsync();
        await RunAsync(sites, FirstSite);
        await RunAsync(sites, Berlin);

        await RunAllAsync(sites, "site-template", line => line.Contains(" render", StringComparison.Ordinal), 5);
    }

    [Fact]
    public async Task Rollouts_are_paused_and_resumed_as_the_page_shows()
    {
        using var sites = await FleetRepository.CreateAsync();

        await RunAllAsync(sites, "rollouts", line => !line.Contains("--watch", StringComparison.Ordinal), 3);
    }

    [Fact]
    public async Task Changes_are_proposed_as_the_page_shows()
    {
        await using var proposed = await ProposedSites.CreateAsync(ForgeModel.GitHub, FleetRepository.CreateWithSourcesAsync);
        string[] lines = [.. DocumentedCommands.OfPage("pull-requests").Where(line => line.Contains(" configure ", StringComparison.Ordinal) || line.Contains(" render ", StringComparison.Ordinal))];

        Assert.Equal(2, lines.Length);
        foreach (var line in lines)
        {
            var run = await proposed.ProposeAsync([.. DocumentedCommands.Arguments(line).Where(word => word != "--pull-request")]);
            Assert.True(run.Status == 0, $"{line}: {run.Error}{run.Output}");
        }
    }

    [Fact]
    public void Every_setting_is_in_the_document() =>
        Assert.DoesNotContain(ServiceSettings.Keys, key => !Text.Contains($"`{key}`", StringComparison.Ordinal));

    /// <summary>Runs some lines of a page, one after the other.</summary>
    private static async Task RunAllAsync(SitesRepository sites, string page, Func<string, bool> isOne, int count)
    {
        string[] lines = [.. DocumentedCommands.OfPage(page).Where(isOne)];
        Assert.Equal(count, lines.Length);
        foreach (var line in lines)
        {
            await RunAsync(sites, line);
        }
    }

    /// <summary>A site that differs makes <c>diff</c> exit with 1.</summary>
    private static async Task RunAsync(SitesRepository sites, string command)
    {
        var run = await sites.RunAsync(DocumentedCommands.Arguments(command));
        var expected = command.StartsWith("deploy-tool diff --site ", StringComparison.Ordinal) ? 1 : 0;
        Assert.True(run.Status == expected, $"{command}: {run.Error}{run.Output}");
    }
}
