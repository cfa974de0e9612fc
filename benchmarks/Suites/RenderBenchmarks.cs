using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using FaceEdge.Benchmarks.Workloads;

namespace FaceEdge.Benchmarks.Suites;

/// <summary>Thousands of sites out of template and inventory, as the command does it: read, edit and prove, compare, write.</summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 1, iterationCount: 8, invocationCount: 1)]
public class RenderBenchmarks
{
    private ManySites _sites = null!;

    [Params(100, 5000)]
    public int Sites { get; set; }

    [GlobalSetup]
    public void Setup() => _sites = ManySites.CreateRendered(Sites);

    [GlobalCleanup]
    public void Cleanup() => _sites.Dispose();

    [IterationSetup(Target = nameof(Unchanged))]
    public void Undo() => _sites.Undo();

    [IterationSetup(Targets = [nameof(Changed), nameof(ChangedAndCommitted)])]
    public void Edit()
    {
        _sites.Undo();
        _sites.EditTemplate();
    }

    [Benchmark(Baseline = true)]
    public void Unchanged() => _sites.Render();

    [Benchmark]
    public void Changed() => _sites.Render();

    [Benchmark]
    public void ChangedAndCommitted() => _sites.RenderAndCommit();
}
