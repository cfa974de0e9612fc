using FaceEdge.Deploy.Forges;

namespace FaceEdge.Deploy.Tests.PullRequests;

public sealed class ForgeRepositoryTests
{
    [Theory]
    [InlineData("https://github.com/faceedge/sites.git", "https://github.com/faceedge/sites", "faceedge", "sites")]
    [InlineData("https://ada:secret@github.com/faceedge/sites", "https://github.com/faceedge/sites", "faceedge", "sites")]
    [InlineData("git@github.com:faceedge/sites.git", "https://github.com/faceedge/sites", "faceedge", "sites")]
    [InlineData("ssh://git@github.com:22/faceedge/sites.git", "https://github.com/faceedge/sites", "faceedge", "sites")]
    [InlineData("https://shops.ghe.com/faceedge/sites", "https://shops.ghe.com/faceedge/sites", "faceedge", "sites")]
    [InlineData("https://github.example.com:8443/faceedge/sites.git", "https://github.example.com:8443/faceedge/sites", "faceedge", "sites")]
    public void A_repository_at_GitHub_is_found_from_each_form_of_its_address(string address, string page, string owner, string name) =>
        Assert.Equal((ForgeKind.GitHub, page, owner, name), Parts(ForgeRepository.Parse(address)));

    [Theory]
    [InlineData("https://dev.azure.com/shops/Face%20Edge/_git/sites", "https://dev.azure.com/shops/", "Face Edge", "sites")]
    [InlineData("https://shops@dev.azure.com/shops/faceedge/_git/sites", "https://dev.azure.com/shops/", "faceedge", "sites")]
    [InlineData("https://dev.azure.com/shops/_git/faceedge", "https://dev.azure.com/shops/", "faceedge", "faceedge")]
    [InlineData("git@ssh.dev.azure.com:v3/shops/faceedge/sites", "https://dev.azure.com/shops/", "faceedge", "sites")]
    [InlineData("https://shops.visualstudio.com/faceedge/_git/sites", "https://shops.visualstudio.com/", "faceedge", "sites")]
    [InlineData("https://shops.visualstudio.com/DefaultCollection/faceedge/_git/sites", "https://shops.visualstudio.com/DefaultCollection/", "faceedge", "sites")]
    [InlineData("shops@vs-ssh.visualstudio.com:v3/shops/faceedge/sites", "https://dev.azure.com/shops/", "faceedge", "sites")]
    [InlineData("https://tfs.example.com/tfs/Shops/faceedge/_git/sites", "https://tfs.example.com/tfs/Shops/", "faceedge", "sites")]
    public void A_repository_at_Azure_Repos_is_found_from_each_form_of_its_address(string address, string collection, string project, string name)
    {
        var repository = ForgeRepository.Parse(address);

        Assert.Equal((ForgeKind.AzureRepos, collection, project, name), (repository.Kind, repository.Collection.AbsoluteUri, repository.Owner, repository.Name));
    }

    [Theory]
    [InlineData("/srv/git/sites.git", "'/srv/git/sites.git' is no address of a host with pull requests")]
    [InlineData("https://ada:secret@git.example.com/faceedge/sites", "what git.example.com speaks is not known")]
    [InlineData("https://github.com/faceedge", "https://github.com/faceedge is not the page of one repository")]
    [InlineData("https://dev.azure.com/shops/_git", "https://dev.azure.com/shops/_git is not the page of one repository")]
    public void An_address_that_does_not_tell_says_what_to_write_into_the_policy(string address, string why)
    {
        var exception = Assert.Throws<ForgeException>(() => ForgeRepository.Parse(address));

        Assert.Equal(why, exception.Message);
        Assert.Contains("into sites/environments.yaml", exception.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_of_any_name_is_what_the_policy_says_it_is() =>
        Assert.Equal(ForgeKind.GitHub, ForgeRepository.Parse("https://git.example.com/faceedge/sites", ForgeKind.GitHub).Kind);

    [Theory]
    [InlineData("http://git.example.com/faceedge/sites", "secret", "would travel to git.example.com in the clear")]
    [InlineData("https://github.com/faceedge/sites", "two words", "is empty, or holds blanks or line breaks")]
    public void A_token_that_cannot_be_sent_is_refused_and_not_shown(string address, string token, string why)
    {
        var exception = Assert.Throws<ForgeException>(() => ForgeToken.Create(token, ForgeRepository.Parse(address, ForgeKind.GitHub)));

        Assert.Contains(why, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(token, exception.Message + exception.Remedy, StringComparison.Ordinal);
    }

    private static (ForgeKind, string, string, string) Parts(ForgeRepository repository) => (repository.Kind, repository.Page.AbsoluteUri, repository.Owner, repository.Name);
}
