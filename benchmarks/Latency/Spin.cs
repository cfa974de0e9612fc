using System.Runtime.CompilerServices;
using FaceEdge.Deploy.LatencyGate.Statistics;

namespace FaceEdge.Benchmarks.Latency;

/// <summary>
/// Uses up processor time by counting, as slower code would. Asking the system for the time used instead would give the scheduler an
/// occasion to take the processor away at every turn of the loop, and the waste would cost far more than its share.
/// </summary>
internal static class Spin
{
    private const int CalibrationRounds = 20;
    private const int CalibrationSteps = 2_000_000;

    private static readonly double StepsPerNanosecond = Calibrate();

    public static void For(TimeSpan processorTime) => Count((long)(processorTime.TotalNanoseconds * StepsPerNanosecond));

    /// <summary>The middle round: as fast as the operation beside it, which is disturbed as often.</summary>
    private static double Calibrate()
    {
        var rounds = new double[CalibrationRounds];
        foreach (ref var used in rounds.AsSpan())
        {
            var before = Environment.CpuUsage.TotalTime;
            Count(CalibrationSteps);
            used = (Environment.CpuUsage.TotalTime - before).TotalNanoseconds;
        }

        return CalibrationSteps / Quantile.Median(rounds);
    }

    /// <summary>Every step depends on the one before, so that no compiler or processor takes a shorter path.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Count(long steps)
    {
        var value = steps;
        for (var i = 0L; i < steps; i++)
        {
            value = (value * 6_364_136_223_846_793_005L) + 1;
        }

        return value;
    }
}
