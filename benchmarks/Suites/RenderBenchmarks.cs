using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using FaceEdge.Benchmarks.Workloads;

namespace FaceEdge.Benchmarks.Suites;

/// <summary>
/// Thousands of sites out of template and inventory, as the commands do it: read, edit and prove, compare, write. Each case is seconds long and prepares
/// 25,000 files first, so that few of them tell what there is to tell.
/// </summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 1, iterationCount: 3, invocationCount: 1)]
public class RenderBenchmarks
{
    private ManySites _sites = null!;

    [Params(5000)]
    public int Sites { get; set; }

    [GlobalSetup]
    public void Setup() => _sites = ManySites.CreateRendered(Sites);

    [GlobalCleanup]
    public void Cleanup() => _sites.Dispose();

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

    /// <summary>With the sites that are not as rendered, which it counts.</summary>
    [Benchmark]
    public void Status() => _sites.Status();
}
