using FaceEdge.Deploy.LatencyGate.Decision;

namespace FaceEdge.Deploy.LatencyGate.Running;

/// <summary>
/// How the gate talks with a measured process: one JSON object a line. The process warms up and writes <see cref="RunnerReady"/>; then,
/// for every <see cref="TurnRequest"/> on its standard input, it measures and writes a <see cref="TurnResult"/>; it ends when its
/// standard input does. Between turns it uses no processor time, so that the sides can take turns within a second.
/// </summary>
public static class RunnerProtocol
{
    /// <summary>Changes whenever a head could not be compared with an older base any more.</summary>
    public const string Version = "faceedge-latency/1";
}

/// <summary>The first line of a measured process.</summary>
public sealed record RunnerReady(string Protocol, MachineDescription Machine, IReadOnlyList<RunnerBenchmark> Benchmarks);

/// <summary>A benchmark on offer, and how many samples make a turn of about a tenth of a second.</summary>
public sealed record RunnerBenchmark(string Name, int SamplesPerTurn);

/// <summary>Asks for one turn.</summary>
public sealed record TurnRequest(string Benchmark, int Samples);

/// <summary>One turn, one number an operation.</summary>
/// <param name="Nanoseconds">By the clock on the wall: raw samples, none dropped.</param>
/// <param name="CpuNanoseconds">Processor time that the whole process used in each.</param>
/// <param name="AllocatedBytes">Managed bytes that one operation allocated, rounded up.</param>
/// <param name="WaitNanoseconds">
/// How much of each the measured thread stood ready to run and waited for a processor; null where the system does not count it.
/// </param>
public sealed record TurnResult(double[] Nanoseconds, double[] CpuNanoseconds, long AllocatedBytes, double[]? WaitNanoseconds = null);
