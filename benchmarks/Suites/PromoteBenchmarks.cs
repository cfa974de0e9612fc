using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using FaceEdge.Benchmarks.Workloads;

namespace FaceEdge.Benchmarks.Suites;

/// <summary>One promotion, and one wave, over thousands of site folders, as the commands do it: read, edit, commit.</summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 1, iterationCount: 8, invocationCount: 1)]
public class PromoteBenchmarks
{
    private ManySites _sites = null!;

    [Params(100, 5000)]
    public int Sites { get; set; }

    [GlobalSetup(Target = nameof(Promote))]
    public void SetupForPromote() => _sites = ManySites.Create(Sites);

    [GlobalSetup(Target = nameof(Rollout))]
    public void SetupForRollout() => _sites = ManySites.CreateWithWaves(Sites);

    [GlobalCleanup]
    public void Cleanup() => _sites.Dispose();

    [IterationSetup]
    public void Undo() => _sites.Undo();

    [Benchmark]
    public void Promote() => _sites.Promote();

    [Benchmark]
    public void Rollout() => _sites.Rollout();
}
