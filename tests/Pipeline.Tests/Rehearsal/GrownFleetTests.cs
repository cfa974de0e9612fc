namespace FaceEdge.Pipeline.Tests.Rehearsal;

/// <summary>The whole pipeline on this machine, after sites were added to production.</summary>
public sealed class GrownFleetTests : IClassFixture<Rehearsed>
{
    private const string Production = "sites/production";

    private readonly Rehearsed _rehearsed;

    public GrownFleetTests(Rehearsed rehearsed)
    {
        Assert.SkipWhen(Rehearsed.Missing is not null, Rehearsed.Missing ?? "");
        _rehearsed = rehearsed;
    }

    [Fact]
    public async Task Sites_that_were_added_get_the_image_wave_by_wave_each_checked_under_its_name()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(_rehearsed.Source.Root, Production)))
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            _rehearsed.Source.Write($"{Production}/berlin-01/{Path.GetFileName(file)}", text);
            _rehearsed.Source.Write($"{Production}/zurich-02/{Path.GetFileName(file)}", text);
        }

        await _rehearsed.Source.ChangeAsync(RehearsedRepository.Settings, RehearsedRepository.SettingsWith("eyes", "#ffc0cb"));

        var result = await _rehearsed.RehearseAsync(["all"]);

        Assert.Equal(("succeeded", (string?)null), (result.Outcome, result.Why));
        Assert.Equal(
            ["qa: Ready", "uat: Ready", "berlin-01: Ready", "production: Ready", "zurich-02: Ready"],
            result.Sites.Select(site => $"{site.Name}: {site.State}"));
        Assert.Single(result.Sites.Select(site => site.Image).Distinct());
    }
}
