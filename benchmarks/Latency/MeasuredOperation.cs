using System.Diagnostics;
using FaceEdge.Deploy.LatencyGate.Running;

namespace FaceEdge.Benchmarks.Latency;

/// <summary>One thing the gate measures: a sample is one operation, by the monotonic clock.</summary>
internal sealed class MeasuredOperation(string name, int samplesPerTurn, Action operation, double burn = 0)
{
    /// <summary>Past the point at which tiered compilation has replaced everything hot (30 calls and a delay of 100 ms).</summary>
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromMilliseconds(600);

    /// <summary>For what takes a good part of a second each time: native code needs no warm-up.</summary>
    private static readonly TimeSpan WarmUpLimit = TimeSpan.FromSeconds(3);

    private const int WarmUpCalls = 60;

    /// <summary>The resolution of processor time, in nanoseconds: no operation takes none.</summary>
    private const double ClockTick = 100;

    public string Name { get; } = name;

    /// <summary>About a tenth of a second of work.</summary>
    public int SamplesPerTurn { get; } = samplesPerTurn;

    public void WarmUp()
    {
        var start = Stopwatch.GetTimestamp();
        for (var calls = 0;
            Stopwatch.GetElapsedTime(start) is var elapsed && (elapsed < WarmUpTime || (calls < WarmUpCalls && elapsed < WarmUpLimit));
            calls++)
        {
            Once(queue: null, out _);
        }
    }

    public TurnResult Measure(int samples)
    {
        using var queue = ProcessorQueue.OfThisThread();
        var nanoseconds = new double[samples];
        var cpu = new double[samples];
        var waits = new double[samples];
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < samples; i++)
        {
            var used = Environment.CpuUsage.TotalTime;
            nanoseconds[i] = Once(queue, out waits[i]);
            cpu[i] = Math.Max((Environment.CpuUsage.TotalTime - used).TotalNanoseconds, ClockTick);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return new(nanoseconds, cpu, (allocated + samples - 1) / samples, queue is null ? null : waits);
    }

    /// <summary>The queue is read within the time that is taken: what was waited is never more than what it took.</summary>
    private double Once(ProcessorQueue? queue, out double waited)
    {
        var start = Stopwatch.GetTimestamp();
        var waitedBefore = queue?.WaitedNanoseconds() ?? 0;
        if (burn > 0)
        {
            Burn();
        }
        else
        {
            operation();
        }

        waited = (queue?.WaitedNanoseconds() ?? 0) - waitedBefore;
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    /// <summary>Wastes a share of what the operation itself used: so much more work, whatever else the machine does.</summary>
    private void Burn()
    {
        var before = Environment.CpuUsage.TotalTime;
        operation();
        Spin.For((Environment.CpuUsage.TotalTime - before) * burn);
    }
}
