using System.Net;
using FaceEdge.Deploy.Forges;
using FaceEdge.Deploy.Tests.Commands;
using FaceEdge.Deploy.Tests.Oci;
using FaceEdge.Deploy.Tests.Promotion;
using FaceEdge.Tests.Forges;

namespace FaceEdge.Deploy.Tests.PullRequests;

/// <summary>What the operator is told when a host says no, is slow, or is away; bodies as the hosts document them.</summary>
public sealed class ForgeAnswerTests
{
    private const string Branch = "deploy-tool/promote/qa";

    private static readonly string Image = SitesRepository.Pinned("1.0.0", '1');

    public static TheoryData<ForgeModel, int, string, string, int, string> Answers => new()
    {
        {
            ForgeModel.GitHub, 401, """{"message":"Bad credentials","documentation_url":"https://docs.github.com/rest"}""", "",
            2, "HOST does not know this token (401: Bad credentials): give another token: DEPLOY_TOOL_PULL_REQUEST_TOKEN, or a file of it"
        },
        {
            ForgeModel.GitHub, 403, """{"message":"Resource not accessible by personal access token"}""", "X-Accepted-GitHub-Permissions=pull_requests=write",
            2, "HOST does not let this token do that (403: Resource not accessible by personal access token): it needs pull_requests=write: give another token: DEPLOY_TOOL_PULL_REQUEST_TOKEN, or a file of it"
        },
        {
            ForgeModel.GitHub, 404, """{"message":"Not Found"}""", "",
            2, "HOST is not there, or this token may not see it (404: repos/faceedge/sites/pulls was not found): check the address, and that the token may read and write pull requests"
        },
        {
            ForgeModel.GitHub, 422, """{"message":"Validation Failed","errors":[{"resource":"PullRequest","code":"custom","message":"No commits between main and x"}]}""", "",
            1, "HOST says no (422: Validation Failed; No commits between main and x): do what it says"
        },
        {
            ForgeModel.GitHub, 403, """{"message":"You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}""", "Retry-After=900",
            3, "HOST takes no more requests for now (403: You have exceeded a secondary rate limit. Please wait a few minutes before you try again): run it again in 900 s"
        },
        {
            ForgeModel.GitHub, 429, """{"message":"API rate limit exceeded"}""", "Retry-After=7",
            3, "HOST takes no more requests for now (429: API rate limit exceeded): run it again in 7 s"
        },
        { ForgeModel.GitHub, 502, "<html>Unicorn!</html>", "", 3, "HOST cannot answer now (502): run it again later" },
        { ForgeModel.GitHub, 200, "<html>a proxy's page</html>", "", 3, "HOST answers with something else than was asked for: check that pull requests of this repository are to be had there" },
        {
            ForgeModel.AzureRepos, 203, "<html>Sign In</html>", "",
            2, "HOST does not know this token (203): give another token: DEPLOY_TOOL_PULL_REQUEST_TOKEN, or a file of it"
        },
        {
            ForgeModel.AzureRepos, 302, "", "Location=https://login.example.com/",
            2, "HOST does not know this token (302): give another token: DEPLOY_TOOL_PULL_REQUEST_TOKEN, or a file of it"
        },
        {
            ForgeModel.AzureRepos, 403, """{"message":"TF401027: You need the Git 'PullRequestContribute' permission on this item to perform this action.","typeKey":"GitNeedsPermissionException"}""", "",
            2, "HOST does not let this token do that (403: TF401027: You need the Git 'PullRequestContribute' permission on this item to perform this action): let it read and write pull requests"
        },
        {
            ForgeModel.AzureRepos, 404, """{"message":"TF401019: The Git repository with name or identifier sites does not exist.","typeKey":"GitRepositoryNotFoundException"}""", "",
            2, "HOST is not there, or this token may not see it (404: TF401019: The Git repository with name or identifier sites does not exist): check the address, and that the token may read and write pull requests"
        },
        { ForgeModel.AzureRepos, 429, "", "Retry-After=30", 3, "HOST takes no more requests for now (429): run it again in 30 s" },
        { ForgeModel.AzureRepos, 503, "", "", 3, "HOST cannot answer now (503): run it again later" },
        { ForgeModel.AzureRepos, 200, "<html>a proxy's page</html>", "", 3, "HOST answers with something else than was asked for: check that pull requests of this repository are to be had there" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_that_is_none_is_reported_in_the_hosts_words_and_nothing_is_pushed(ForgeModel model, int status, string body, string header, int exit, string error)
    {
        await using var sites = await ProposedSites.CreateAsync(model);
        sites.Forge.Fault = _ => new ForgeAnswer(status, body, header.Split('=', 2) is [var name, var value] ? [(name, value)] : []);

        var run = await PromoteAsync(sites);

        Assert.Equal(new Invocation(exit, "", $"error: {error.Replace("HOST", sites.Forge.Page["http://".Length..].Replace("%20", " ", StringComparison.Ordinal), StringComparison.Ordinal)}"), run);
        Assert.Null(sites.Forge.Commit(Branch));
    }

    [Theory]
    [InlineData(ForgeModel.GitHub)]
    [InlineData(ForgeModel.AzureRepos)]
    public async Task A_host_that_is_away_for_a_moment_or_asks_to_wait_is_asked_again(ForgeModel model)
    {
        await using var sites = await ProposedSites.CreateAsync(model);
        var time = new InstantTime();
        var asked = 0;
        sites.Forge.Fault = _ => asked++ switch
        {
            0 => new ForgeAnswer(500, ""),
            1 => new ForgeAnswer(429, "{}", ("Retry-After", "17")),
            _ => null,
        };

        var run = await PromoteAsync(sites, time);

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains(TimeSpan.FromSeconds(17), time.Waits);
    }

    [Theory]
    [InlineData(ForgeModel.GitHub)]
    [InlineData(ForgeModel.AzureRepos)]
    public async Task What_is_pushed_and_not_opened_is_said_and_the_next_run_goes_on_from_there(ForgeModel model)
    {
        await using var sites = await ProposedSites.CreateAsync(model);
        sites.Forge.Fault = request => request.HttpMethod == "POST" ? new ForgeAnswer(500, "") : null;

        var run = await PromoteAsync(sites);
        var pushed = sites.Forge.Commit(Branch);
        sites.Forge.Fault = static _ => null;
        var next = await PromoteAsync(sites);

        Assert.Equal(3, run.Status);
        Assert.StartsWith($"error: {Branch} is pushed, and has no pull request that is up to date: ", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("cannot answer now (500): run it again later; run it again: it goes on from there", run.Error, StringComparison.Ordinal);
        Assert.Equal((0, pushed), (next.Status, sites.Forge.Commit(Branch)));
        Assert.Single(sites.Forge.Pulls);
    }

    [Theory]
    [InlineData(ForgeModel.GitHub)]
    [InlineData(ForgeModel.AzureRepos)]
    public async Task One_that_another_run_opened_in_between_is_taken(ForgeModel model)
    {
        await using var sites = await ProposedSites.CreateAsync(model);
        await PromoteAsync(sites);
        var forge = Connect(sites);

        var opened = await forge.OpenAsync(new PullRequestDraft(Branch, "main", "Promote", "Text", ""), TestContext.Current.CancellationToken);

        Assert.Equal((1, PullRequestState.Open), (opened.Number, opened.State));
    }

    [Fact]
    public async Task Without_a_token_it_says_how_to_give_one()
    {
        await using var sites = await ProposedSites.CreateAsync(ForgeModel.GitHub);
        Assert.SkipWhen(Environment.GetEnvironmentVariable("DEPLOY_TOOL_PULL_REQUEST_TOKEN") is { Length: > 0 }, "this machine has a token");

        var run = await sites.Sites.PromoteAsync("qa", Image, "--pull-request");

        Assert.Equal(
            new Invocation(2, "", $"error: no token is given for {sites.Forge.Host}: give --pull-request-token-file FILE, or set DEPLOY_TOOL_PULL_REQUEST_TOKEN"), run);
    }

    [Fact]
    public async Task A_remote_that_is_no_host_with_pull_requests_says_what_to_write()
    {
        using var sites = await SitesRepository.CreateAsync();

        var run = await sites.PromoteAsync("qa", Image, "--pull-request");

        Assert.Equal(2, run.Status);
        Assert.Contains("is no address of a host with pull requests: write pullRequests.address into sites/environments.yaml", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_that_are_not_taken_leave_the_pull_request_as_it_is()
    {
        await using var sites = await ProposedSites.CreateAsync(ForgeModel.GitHub);
        sites.Forge.Fault = request => request.Url!.AbsolutePath.EndsWith("/labels", StringComparison.Ordinal) ? new ForgeAnswer((int)HttpStatusCode.Forbidden, """{"message":"Resource not accessible"}""") : null;

        var run = await PromoteAsync(sites);

        Assert.Equal(0, run.Status);
        Assert.Contains("\nit is not labelled: ", run.Output, StringComparison.Ordinal);
    }

    private static Task<Invocation> PromoteAsync(ProposedSites sites, TimeProvider? time = null) =>
        sites.ProposeAsync(time ?? new InstantTime(), sites.Sites.Clone, "promote", "--to", "qa", "--image", Image, "--skip-image-check", "--quiet");

    private static IForge Connect(ProposedSites sites)
    {
        var repository = ForgeRepository.Parse(sites.Forge.Page, sites.Forge is FakeGitHub ? ForgeKind.GitHub : ForgeKind.AzureRepos);
        return Forge.Connect(repository, ForgeToken.Create(FakeForge.Token, repository), TimeProvider.System);
    }
}
