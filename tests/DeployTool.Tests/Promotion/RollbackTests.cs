using static FaceEdge.Deploy.Tests.Promotion.SitesRepository;

namespace FaceEdge.Deploy.Tests.Promotion;

public sealed class RollbackTests
{
    private static readonly string A = Pinned("1.0.0", 'a');
    private static readonly string B = Pinned("2.0.0", 'b');
    private static readonly string C = Pinned("3.0.0", 'c');

    [Fact]
    public async Task Rollback_goes_to_the_last_image_promoted_and_not_rolled_back()
    {
        using var sites = await PromotedAsync(A, B, C);

        await RollbackAsync(sites);
        var second = await sites.RemoteFileAsync("sites/qa/face-detector.yaml");
        await RollbackAsync(sites);

        Assert.Contains(B, second);
        Assert.Contains(A, await sites.RemoteFileAsync("sites/qa/face-detector.yaml"));
    }

    [Fact]
    public async Task The_first_promotion_can_be_rolled_back_to_what_was_there_before()
    {
        using var sites = await PromotedAsync(A);

        Assert.Equal(0, await RollbackAsync(sites));

        Assert.Contains(Pinned("0.1.0", '0'), await sites.RemoteFileAsync("sites/qa/face-detector.yaml"));
    }

    [Fact]
    public async Task Rollback_has_nowhere_to_go_when_every_image_was_rolled_back()
    {
        using var sites = await PromotedAsync(A);
        await RollbackAsync(sites);

        Assert.Equal(1, await RollbackAsync(sites));
    }

    [Fact]
    public async Task Rollback_sticks_until_it_is_allowed()
    {
        using var sites = await PromotedAsync(A, B);
        await RollbackAsync(sites);

        var refused = await sites.PromoteAsync("qa", B);
        var allowed = await sites.PromoteAsync("qa", B, "--allow-rolled-back");
        await sites.PromoteAsync("qa", C);
        var again = await sites.PromoteAsync("qa", B);

        Assert.Equal((1, 0, 0), (refused.Status, allowed.Status, again.Status));
        Assert.Contains("rolled-back: ", refused.Output);
    }

    [Fact]
    public async Task What_was_rolled_back_in_qa_does_not_go_on_from_there_under_another_tag()
    {
        using var sites = await PromotedAsync(A, B);
        await RollbackAsync(sites);

        var refused = await sites.PromoteAsync("qa", Pinned("2.0.1", 'b'));

        Assert.Equal(1, refused.Status);
        Assert.Contains("rolled-back: ", refused.Output);
    }

    [Theory]
    [InlineData("1.0.0", 0)]
    [InlineData("9.9.9", 1)]
    public async Task Rollback_to_a_named_image_asks_that_it_was_there(string tag, int status)
    {
        using var sites = await PromotedAsync(A, B, C);

        Assert.Equal(status, await RollbackAsync(sites, "--to", $"{Image}:{tag}"));

        Assert.Contains(status == 0 ? A : C, await sites.RemoteFileAsync("sites/qa/face-detector.yaml"));
    }

    [Fact]
    public async Task Rollback_is_recorded_in_trailers()
    {
        using var sites = await PromotedAsync(A, B);

        await RollbackAsync(sites, "--reason", "boxes are drawn twice");

        var message = await sites.RemoteMessageAsync();
        Assert.StartsWith("Roll qa back to 1.0.0\n\nboxes are drawn twice\n", message);
        Assert.Contains($"Rolled-Back-Image: {B}\n", message);
    }

    [Fact]
    public async Task A_reason_with_a_line_of_dashes_does_not_hide_the_trailers()
    {
        using var sites = await PromotedAsync(A, B);

        await RollbackAsync(sites, "--reason", "--- a ticket\n---\nand its number");

        Assert.Contains($"Rolled-Back-Image: {B}\n", await sites.ParsedTrailersAsync());
    }

    private static async Task<SitesRepository> PromotedAsync(params string[] images)
    {
        var sites = await CreateAsync();
        foreach (var image in images)
        {
            Assert.Equal(0, (await sites.PromoteAsync("qa", image)).Status);
        }

        return sites;
    }

    private static async Task<int> RollbackAsync(SitesRepository sites, params string[] more) =>
        (await sites.RunAsync(["rollback", "--env", "qa", "--skip-image-check", "--quiet", .. more])).Status;
}
