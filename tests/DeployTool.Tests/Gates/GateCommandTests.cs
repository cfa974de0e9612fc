using System.Text.Json;
using System.Xml.Linq;
using FaceEdge.Deploy.LatencyGate.Evidence;
using FaceEdge.Deploy.LatencyGate.Reports;
using FaceEdge.Deploy.Tests.Commands;
using FaceEdge.Deploy.Tests.Oci;
using FaceEdge.Deploy.Tests.Promotion;

namespace FaceEdge.Deploy.Tests.Gates;

/// <summary>The command with real processes; commits come from a repository of the test's own.</summary>
public sealed class GateCommandTests : IDisposable
{
    private readonly GateRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public async Task Gate_passes_a_candidate_as_fast_as_base_and_leaves_evidence_of_its_commit()
    {
        var run = await GateAsync(ScriptedRunner.Steady(1_000_000), ScriptedRunner.Steady(1_000_000), "--report", "out");

        Assert.Equal(0, run.Status);
        Assert.EndsWith("latency gate: pass", run.Output, StringComparison.Ordinal);
        var evidence = GateEvidenceFile.Read(Path.Combine(_repository.Root, "out", ReportFolder.Evidence));
        Assert.Equal((GateKind.Latency, GateVerdict.Pass, _repository.Head), (evidence.Kind, evidence.Verdict, evidence.Subject.Commit));
        Assert.Equal(1, evidence.Numbers["detect median ratio"]);
        Assert.Equal("Test CPU, 2 cores, Linux X64, .NET 10", evidence.Machine);
    }

    [Fact]
    public async Task An_environment_is_found_from_a_folder_below_the_top()
    {
        using var sites = await SitesRepository.CreateAsync(repository: "localhost:1/faceedge/face-detector");

        var run = await Invocation.RunAsync(
            Program.CreateCommands(), ["gate", "--env", "qa", "--quiet"], Path.Combine(sites.Clone, "sites", "uat"), new InstantTime(), cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(3, run.Status);
        Assert.Contains("localhost:1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gate_fails_a_candidate_a_tenth_slower_with_exit_code_1()
    {
        var run = await GateAsync(ScriptedRunner.Steady(1_000_000), ScriptedRunner.Steady(1_100_000), "--report", "out", "--output", "json");

        Assert.Equal(1, run.Status);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal("fail", json.RootElement.GetProperty("verdict").GetString());
        Assert.StartsWith("detect Cpu is 1.100 x base", json.RootElement.GetProperty("summary").GetString(), StringComparison.Ordinal);

        var suite = XDocument.Load(Path.Combine(_repository.Root, "out", ReportFolder.Tests)).Root!.Element("testsuite")!;
        Assert.Equal(("4", "2"), (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value));
        Assert.Equal("svg", XDocument.Load(Path.Combine(_repository.Root, "out", ReportFolder.Plot)).Root!.Name.LocalName);
        Assert.StartsWith(
            "# Latency gate: fail\n", await File.ReadAllTextAsync(Path.Combine(_repository.Root, "out", ReportFolder.Page), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runner_that_breaks_off_is_undecided_and_its_last_words_are_reported()
    {
        var run = await GateAsync(ScriptedRunner.Steady(1000), ScriptedRunner.Broken("no model here"));

        Assert.Equal(3, run.Status);
        Assert.Contains("ended with exit code 7: no model here", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_for_a_processor_is_not_the_candidates_time_where_all_sides_tell_it_apart()
    {
        var run = await GateAsync(ScriptedRunner.Steady(1_000_000, waited: 0), ScriptedRunner.Steady(4_000_000, waited: 3_000_000));

        Assert.Equal(0, run.Status);
        Assert.EndsWith("latency gate: pass", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_is_compared_as_time_when_one_side_cannot_tell_it_apart()
    {
        var run = await GateAsync(ScriptedRunner.Steady(1_000_000), ScriptedRunner.Steady(1_200_000, waited: 200_000));

        Assert.Equal(1, run.Status);
        Assert.Contains("detect Median is 1.200 x base", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("detect Cpu is", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(-1)]
    public async Task Wait_that_is_no_part_of_its_operation_is_undecided(int waited)
    {
        var run = await GateAsync(ScriptedRunner.Steady(1_000_000, waited: waited), ScriptedRunner.Steady(1_000_000));

        Assert.Equal(3, run.Status);
        Assert.Contains("samples of detect with something else", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runner_of_another_protocol_is_undecided()
    {
        var run = await GateAsync(ScriptedRunner.Steady(1000), ScriptedRunner.Steady(1000, protocol: "faceedge-latency/9"));

        Assert.Equal(3, run.Status);
        Assert.Contains("speaks faceedge-latency/9, not faceedge-latency/1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sides_on_different_machines_are_undecided()
    {
        var other = ScriptedRunner.Machine.Replace("Test CPU", "Other CPU", StringComparison.Ordinal);

        var run = await GateAsync(ScriptedRunner.Steady(1000), ScriptedRunner.Steady(1000, machine: other));

        Assert.Equal(3, run.Status);
        Assert.Contains("latencies of different machines cannot be compared", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData()]
    [InlineData("--base", "HEAD", "--env", "qa")]
    [InlineData("--base-command", "true")]
    [InlineData("--base-results", "a.json")]
    public async Task Anything_but_one_pair_of_sides_is_wrong_usage(params string[] args)
    {
        var run = await Invocation.RunInAsync(_repository.Root, ["gate", .. args]);

        Assert.Equal(2, run.Status);
        Assert.StartsWith("error: gate compares one pair of sides: give --env, or --base, or", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--limit", "0.05", "--limit 0.05 is not above --margin 0.05")]
    [InlineData("--looks", "11", "--looks is '11': a whole number from 1 to 10")]
    [InlineData("--looks", "6", "6 looks of 8 blocks are more than 40")]
    [InlineData("--budget", "0", "--budget is '0': a number from 0.1 to 600")]
    public async Task Values_out_of_range_are_named(string option, string value, string message)
    {
        var run = await GateAsync("true", "true", option, value);

        Assert.Equal(2, run.Status);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_of_words_alone_passes_without_a_measurement()
    {
        var before = _repository.Head;
        _repository.Commit("face-detector/README.md", "More words.");
        _repository.Commit("sites/qa/face-detector.yaml", "kind: Deployment\n");

        var run = await Invocation.RunInAsync(_repository.Root, "gate", "--base", before, "--output", "json", "--report", "out");

        Assert.Equal(0, run.Status);
        Assert.Contains("nothing that the image is made of differs from base", run.Output, StringComparison.Ordinal);
        var plot = XDocument.Load(Path.Combine(_repository.Root, "out", ReportFolder.Plot)).Root!;
        Assert.Equal(
            ["latency, head / base: pass", JsonDocument.Parse(run.Output).RootElement.GetProperty("summary").GetString()],
            plot.Elements().Where(element => element.Name.LocalName == "text").Select(element => element.Value));
    }

    [Fact]
    public async Task Base_without_a_latency_runner_is_undecided_and_leaves_no_work_tree_behind()
    {
        var before = _repository.Head;
        _repository.Commit("face-detector/Program.cs", "// other code");

        var run = await Invocation.RunInAsync(_repository.Root, "gate", "--base", before);

        Assert.Equal(3, run.Status);
        Assert.Contains("has no benchmarks/FaceEdge.Benchmarks.csproj", run.Error, StringComparison.Ordinal);
        Assert.Single(_repository.Git("worktree", "list").TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Environment_without_a_manifest_is_named()
    {
        var run = await Invocation.RunInAsync(_repository.Root, "gate", "--env", "qa");

        Assert.Equal(2, run.Status);
        Assert.Contains("names an image: name an environment of sites/, or compare with --base REV", run.Error, StringComparison.Ordinal);
    }

    private Task<Invocation> GateAsync(string @base, string head, params string[] args) => Invocation.RunInAsync(
        _repository.Root, ["gate", "--base-command", @base, "--head-command", head, "--seed", "1", "--turns", "1", "--blocks", "8", "--alpha", "0.02", .. args]);
}
