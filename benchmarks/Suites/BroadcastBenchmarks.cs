using BenchmarkDotNet.Attributes;
using FaceEdge.Streaming;

namespace FaceEdge.Benchmarks.Suites;

/// <summary>One encoded frame to all viewers, each of whom takes it.</summary>
public class BroadcastBenchmarks
{
    private readonly EncodedFramePool _pool = new();
    private FrameBroadcaster _broadcaster = null!;
    private FrameSubscription[] _viewers = [];

    [Params(1, 10, 100, 1000)]
    public int Viewers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _broadcaster = new FrameBroadcaster(static () => { });
        _viewers = [.. Enumerable.Range(0, Viewers).Select(_ => _broadcaster.Subscribe(new Wakeup()))];
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        foreach (var viewer in _viewers)
        {
            viewer.Dispose();
        }

        _broadcaster.Dispose();
    }

    [Benchmark]
    public void PublishAndTake()
    {
        _broadcaster.Publish(default, _pool.Rent());
        foreach (var viewer in _viewers)
        {
            viewer.Take()?.Dispose();
        }
    }
}
