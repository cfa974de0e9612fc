using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Promotion;

namespace FaceEdge.Deploy.Tests.PullRequests;

public sealed class PullRequestTextTests
{
    private const string Diff = "--- a/sites/x.yaml\n+++ b/sites/x.yaml\n@@ -1,1 +1,1 @@\n-a: 1\n+a: ```\n";

    [Fact]
    public void What_a_host_has_no_room_for_is_left_out_and_the_trailers_stay_whole()
    {
        var text = PullRequestText.Compose(Plan(200), Message("Two hundred sites."), 4000);

        Assert.InRange(text.Length, 3000, 4000);
        Assert.StartsWith("Two hundred sites.\n\n<details><summary>200 files change</summary>\n\n````diff\n", text, StringComparison.Ordinal);
        Assert.Contains(" more files\n````\n\n</details>\n\nProposed-As: deploy-tool/configure/qa tree\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\nConfigured-Environment: qa\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_that_is_too_long_gives_way_to_the_trailers()
    {
        var text = PullRequestText.Compose(Plan(2), Message(new string('x', 5000)), 4000);

        Assert.StartsWith("<details>", text, StringComparison.Ordinal);
        Assert.EndsWith("\nConfigured-Environment: qa\n", text, StringComparison.Ordinal);
    }

    private static ChangePlan Plan(int files) => new("qa", null, null, [], files)
    {
        Topic = "configure/qa",
        Edits = new FileEdits([], [.. Enumerable.Repeat(Diff, files)]),
    };

    private static CommitMessage Message(string body) =>
        new("Configure qa", body, [new Trailer("Proposed-As", "deploy-tool/configure/qa tree"), new Trailer("Configured-Environment", "qa")]);
}
