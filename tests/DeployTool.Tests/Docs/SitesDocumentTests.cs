using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Tests.Sites;
using FaceEdge.TestFleet;

namespace FaceEdge.Deploy.Tests.Docs;

/// <summary>What the documents say of sites is run, not believed.</summary>
public sealed class SitesDocumentTests
{
    private static readonly string Text = string.Concat(new[] { "sites", "site-settings", "site-policy" }
        .Select(name => File.ReadAllText(Path.Combine(Fleet.RepositoryRoot, "docs", name + ".md"))));

    public static TheoryData<string> Commands => [.. Text.Split('\n').Where(line => line.StartsWith("deploy-tool ", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_of_the_document_does_what_it_says(string command)
    {
        using var sites = await FleetRepository.CreateAsync();

        var run = await sites.RunAsync([.. command.Split(' ').Skip(1)]);

        Assert.True(run.Status == 0, run.Error + run.Output);
    }

    [Fact]
    public void Every_setting_is_in_the_document() =>
        Assert.DoesNotContain(ServiceSettings.Keys, key => !Text.Contains($"`{key}`", StringComparison.Ordinal));
}
