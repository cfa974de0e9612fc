using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Rehearsal;
using FaceEdge.Deploy.Rehearsal.Machine;
using FaceEdge.Tests.Telemetry;
using SiteAgent = FaceEdge.Tests.Telemetry.SiteAgent;

namespace FaceEdge.Pipeline.Tests.Rehearsal;

/// <summary>
/// The whole pipeline on this machine with a centre that every site's telemetry agent, as its manifest describes it, sends to: telemetry opens uat's gate, and
/// <c>rollout --watch</c> takes production's waves.
/// </summary>
public sealed class TelemetryRehearsalTests : IClassFixture<Rehearsed>, IDisposable
{
    private const string Production = "sites/production";
    private const string FewFrames = """{"Detector":{"MaxFramesPerSecond":1}}""";
    private const string Checks = "checks: [{ name: frames, query: 'min by (site) (rate(faceedge_frames_detected_total{$sites}[$observe]))', atLeast: 1.5 }]";

    private readonly Rehearsed _rehearsed;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceedge-telemetry-");

    public TelemetryRehearsalTests(Rehearsed rehearsed)
    {
        Assert.SkipWhen(Rehearsed.Missing is not null, Rehearsed.Missing ?? "");
        Promtool.SkipIfAbsent();
        _rehearsed = rehearsed;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Telemetry_takes_an_image_through_uats_gate_and_productions_waves_and_stops_one_that_only_it_can_tell_is_bad()
    {
        await WatchAsync();
        using var centre = new Centre(_folder.CreateSubdirectory("centre").FullName);

        await _rehearsed.Source.ChangeAsync(RehearsedRepository.Settings, RehearsedRepository.SettingsWith("eyes", "#ffc0cb"));
        var good = await RehearseAsync(centre);
        await _rehearsed.Source.ChangeAsync(RehearsedRepository.Settings, FewFrames);
        var bad = await RehearseAsync(centre);

        Assert.Equal(("succeeded", (string?)null), (good.Outcome, good.Why));
        Assert.Single(good.Sites.Select(site => site.Image).Distinct());
        var messages = await new GitProcess(_rehearsed.Remote).RunAsync(CancellationToken.None, "log", "--format=%B", RehearsalRemote.Branch);
        Assert.Matches(@"Promoted-To: uat\n(?:.+\n)*Gate-Telemetry: passed; 1 of 1 sites have reported it for 5 s; frames ", messages);
        Assert.Matches(@"Gate-Wave-Check: passed; by telemetry.*\nGate-Wave-Telemetry: passed; 3 of 3 sites have reported it for 5 s; frames ", messages);
        Assert.Contains("Rollout-Completed: production ", messages, StringComparison.Ordinal);
        Assert.Equal("failed", bad.Outcome);
        Assert.Matches("^update_uat: Promote to UAT: promote: uat keeps what it has: .*telemetry.*frames is [01].* at qa, at least 1.5 is allowed", bad.Why!);
        Assert.Equal(good.Sites.Skip(1).Select(site => site.Image), bad.Sites.Skip(1).Select(site => site.Image));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Three sites in production, in waves that telemetry lets through, and a gate before uat.</summary>
    private async Task WatchAsync()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(_rehearsed.Source.Root, Production)))
        {
            var text = await File.ReadAllTextAsync(file, Cancellation);
            _rehearsed.Source.Write($"{Production}/berlin-01/{Path.GetFileName(file)}", text);
            _rehearsed.Source.Write($"{Production}/zurich-02/{Path.GetFileName(file)}", text);
        }

        _rehearsed.Source.Write("sites/rollout.yaml", $$"""
            version: 1
            rollouts:
              - environment: production
                waves: [{ name: first, percent: 30 }, { name: all, percent: 100 }]
                telemetry:
                  reporting: 100%
                  observe: 5s
                  replacesSiteCheck: true
                  {{Checks}}

            """);
        var policy = await File.ReadAllTextAsync(Path.Combine(_rehearsed.Source.Root, "sites/environments.yaml"), Cancellation);

        // Away from the lines that a rehearsal fits to its machine, with which it would not merge.
        const string uat = "  - name: uat\n    gates:\n";
        Assert.Contains(uat, policy, StringComparison.Ordinal);
        policy = policy.Replace(uat, $"{uat}      telemetry: {{ reporting: 100%, observe: 5s, {Checks} }}\n", StringComparison.Ordinal);
        _rehearsed.Source.Write("sites/environments.yaml", policy + "\ntelemetry: { silentAfter: 20s, updateWithin: 5m }\n");
        await _rehearsed.Source.CommitAsync("Let telemetry decide");
    }

    private async Task<RehearsalResult> RehearseAsync(Centre centre)
    {
        List<SiteAgent> agents = [];
        try
        {
            await using var session = _rehearsed.Open(["all"], isInteractive: false, new Dictionary<string, string> { ["prometheus"] = centre.Address.ToString() });
            await session.PrepareAsync(Cancellation);
            foreach (var site in session.Sites.Select(site => site.Address))
            {
                var agent = SiteAgent.Start(_folder.CreateSubdirectory($"{Guid.NewGuid()}").FullName, new Uri(site.Url), centre.Address, site.Environment, site.Name);
                agents.Add(agent);
                await File.WriteAllTextAsync(agent.Token, "0123456789abcdef", Cancellation);
            }

            await session.RunAsync(Cancellation);
            await Rehearsed.WaitAsync(() => session.Sites.All(site => site.Status.Image is not null || site.Status.Error is not null), "every site reports");
            return session.Result();
        }
        finally
        {
            agents.ForEach(agent => agent.Dispose());
        }
    }
}
