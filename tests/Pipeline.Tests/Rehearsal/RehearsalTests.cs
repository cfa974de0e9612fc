using FaceEdge.Deploy.Rehearsal;
using FaceEdge.Deploy.Rehearsal.Approvals;
using FaceEdge.Deploy.Rehearsal.SiteAgents;

namespace FaceEdge.Pipeline.Tests.Rehearsal;

/// <summary>The whole pipeline on this machine: remote, registry, three sites with face-detector, approvals.</summary>
public sealed class RehearsalTests : IClassFixture<Rehearsed>
{
    private readonly Rehearsed _rehearsed;

    public RehearsalTests(Rehearsed rehearsed)
    {
        Assert.SkipWhen(Rehearsed.Missing is not null, Rehearsed.Missing ?? "");
        _rehearsed = rehearsed;
    }

    private static readonly (string, string) Before = (Rehearsed.FirstMode, Rehearsed.FirstBackground);
    private static readonly (string, string) After = ("eyes", "#ffc0cb");

    [Fact]
    public void The_first_image_reaches_every_site()
    {
        Assert.Equal(("succeeded", (string?)null), (_rehearsed.First.Outcome, _rehearsed.First.Why));
        Assert.Equal(["qa: Ready", "uat: Ready", "production: Ready"], _rehearsed.First.Sites.Select(site => $"{site.Environment}: {site.State}"));
        Assert.Single(_rehearsed.First.Sites.Select(site => site.Image).Distinct());
    }

    [Fact]
    public async Task A_change_shows_on_qas_page_first_then_on_uats_then_on_productions()
    {
        await _rehearsed.Source.ChangeAsync(RehearsedRepository.Settings, RehearsedRepository.SettingsWith(After.Item1, After.Item2));
        try
        {
            await using var session = _rehearsed.Open([], isInteractive: true);
            await session.PrepareAsync(Cancellation);
            await AllReadyAsync(session);
            Assert.Equal([Before, Before, Before], await LookAsync(session, "0-before"));
            var run = session.RunAsync(Cancellation);

            var qa = await QuestionAsync(session, run, "qa");
            Assert.Equal([After, Before, Before], await LookAsync(session, "1-qa-updated"));
            if (Rehearsed.Screenshots is { } folder)
            {
                var names = new[] { "QA: updated", "UAT: waits for an approval", "Production: waits for UAT" };
                await Screenshot.SideBySideAsync(names.Zip(session.Sites.Select(site => site.Address.Url)), Path.Combine(folder, "rehearsal.jpg"));
            }

            qa.Reply.SetResult(new ApprovalAnswer(true, ["ada"]));

            var uat = await QuestionAsync(session, run, "uat");
            Assert.Equal([After, After, Before], await LookAsync(session, "2-uat-updated"));
            Assert.Equal(2, uat.People);
            uat.Reply.SetResult(new ApprovalAnswer(true, ["ada", "ben"]));

            await run;
            Assert.Equal("succeeded", session.Result().Outcome);
            Assert.Equal([After, After, After], await LookAsync(session, "3-production-updated"));
        }
        finally
        {
            await _rehearsed.Source.ChangeAsync(RehearsedRepository.Settings, RehearsedRepository.SettingsWith(Before.Item1, Before.Item2));
            Assert.Equal("succeeded", (await _rehearsed.RehearseAsync(["all"])).Outcome);
        }
    }

    [Theory]
    [InlineData(RehearsedRepository.Nanoseconds, "1500000\n", "gates: Judge latency and accuracy: quick-gates: the latency gate says no: ")]
    [InlineData(RehearsedRepository.Evaluation, null, "gates: Judge latency and accuracy: quick-gates: the accuracy gate says no: It finds fewer faces.")]
    [InlineData(RehearsedRepository.Platforms, "linux/amd64\n", "image: Prove both architectures: verify-image: ")]
    [InlineData(RehearsedRepository.Settings, """{"Detector":{"Mode":"nose"}}""", "update_qa: Check the sites of QA: check-sites: qa is not well: ")]
    public async Task Nothing_moves_on_and_the_run_says_why_in_one_line(string path, string? content, string why)
    {
        var good = await File.ReadAllTextAsync(Path.Combine(_rehearsed.Source.Root, path), Cancellation);
        await _rehearsed.Source.ChangeAsync(path, content ?? RehearsedRepository.Evaluated("Failed", "It finds fewer faces."));
        try
        {
            var result = await _rehearsed.RehearseAsync(["all"], ("soakQaMinutes", "0"));

            Assert.Equal("failed", result.Outcome);
            Assert.StartsWith(why, result.Why, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', result.Why!);
            Assert.Equal([Before, Before, Before], await LookAgainAsync());
            Assert.All(result.Stages.SkipWhile(stage => stage.Outcome != "Failed").Skip(1), stage => Assert.Equal("Skipped", stage.Outcome));
        }
        finally
        {
            await _rehearsed.Source.ChangeAsync(path, good);
        }
    }

    [Fact]
    public async Task A_rollback_brings_production_back_and_the_next_run_does_not_promote_the_bad_digest_again()
    {
        await _rehearsed.Source.ChangeAsync(RehearsedRepository.Settings, RehearsedRepository.SettingsWith("eyes", "#112233"));
        try
        {
            var bad = await _rehearsed.RehearseAsync(["all"]);
            Assert.Equal("succeeded", bad.Outcome);
            var badDigest = bad.Sites[^1].Image!.Split('@')[1];

            var rollback = await _rehearsed.RehearseAsync([], ("rollback", "production"), ("rollbackReason", "boxes are drawn twice"));
            Assert.Equal(["rollback: Succeeded"], rollback.Stages.Select(stage => $"{stage.Name}: {stage.Outcome}"));
            Assert.DoesNotContain(badDigest, rollback.Sites[^1].Image!, StringComparison.Ordinal);
            Assert.Contains(badDigest, rollback.Sites[0].Image!, StringComparison.Ordinal);

            var next = await _rehearsed.RehearseAsync(["all"]);
            Assert.Equal("failed", next.Outcome);
            Assert.StartsWith("update_production: ", next.Why, StringComparison.Ordinal);
            Assert.Contains("rolled back", next.Why, StringComparison.Ordinal);
            Assert.DoesNotContain(badDigest, next.Sites[^1].Image!, StringComparison.Ordinal);
        }
        finally
        {
            await _rehearsed.Source.ChangeAsync(RehearsedRepository.Settings, RehearsedRepository.SettingsWith(Before.Item1, Before.Item2));
            Assert.Equal("succeeded", (await _rehearsed.RehearseAsync(["all"])).Outcome);
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Task AllReadyAsync(RehearsalSession session) =>
        Rehearsed.WaitAsync(() => session.Sites.All(site => site.Status.State == SiteState.Ready), "all sites are ready");

    private static async Task<PendingQuestion> QuestionAsync(RehearsalSession session, Task run, string subject)
    {
        await Rehearsed.WaitAsync(() => run.IsCompleted || session.Desk.Pending?.Subject == subject, $"the run asks about {subject}");
        Assert.False(run.IsCompleted, session.Result().Why);
        return session.Desk.Pending!;
    }

    private static async Task<IReadOnlyList<(string, string)>> LookAsync(RehearsalSession session, string moment)
    {
        var pages = new List<(string, string)>();
        foreach (var site in session.Sites)
        {
            var (mode, background) = await Rehearsed.LookAsync(site.Address.Url);
            pages.Add((mode, background));
            if (Rehearsed.Screenshots is { } folder)
            {
                await Screenshot.TakeAsync(site.Address.Url, mode, background, Path.Combine(folder, $"{moment}-{site.Address.Environment}.png"));
            }
        }

        return pages;
    }

    /// <summary>Opens the sites once more, as they are after a run.</summary>
    private async Task<IReadOnlyList<(string, string)>> LookAgainAsync()
    {
        await using var session = _rehearsed.Open([], isInteractive: false);
        await session.PrepareAsync(Cancellation);
        await AllReadyAsync(session);
        return await LookAsync(session, "again");
    }
}
