using System.Diagnostics;
using FaceEdge.Deploy.Gates.Running;

namespace FaceEdge.Benchmarks.Latency;

/// <summary>One thing the gate measures: a sample is one operation, by the monotonic clock.</summary>
internal sealed class MeasuredOperation(string name, int samplesPerTurn, Action operation, double burn = 0)
{
    /// <summary>Past the point at which tiered compilation has replaced everything hot (30 calls and a delay of 100 ms).</summary>
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromMilliseconds(600);

    private const int WarmUpCalls = 60;

    public string Name { get; } = name;

    /// <summary>About a tenth of a second of work.</summary>
    public int SamplesPerTurn { get; } = samplesPerTurn;

    public void WarmUp()
    {
        var start = Stopwatch.GetTimestamp();
        for (var calls = 0; calls < WarmUpCalls || Stopwatch.GetElapsedTime(start) < WarmUpTime; calls++)
        {
            Once();
        }
    }

    public TurnAnswer Measure(int samples)
    {
        var nanoseconds = new double[samples];
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < samples; i++)
        {
            nanoseconds[i] = Once();
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return new(nanoseconds, (allocated + samples - 1) / samples);
    }

    private double Once()
    {
        var start = Stopwatch.GetTimestamp();
        operation();
        var elapsed = Stopwatch.GetTimestamp() - start;
        if (burn > 0)
        {
            var until = start + (long)(elapsed * (1 + burn));
            while (Stopwatch.GetTimestamp() < until)
            {
                Thread.SpinWait(1);
            }

            elapsed = Stopwatch.GetTimestamp() - start;
        }

        return elapsed * 1e9 / Stopwatch.Frequency;
    }
}
