namespace FaceEdge.Deploy.LatencyGate.Decision;

/// <summary>One repetition of the paired design: each side in a fresh process, close together in time, the order alternating between blocks.</summary>
/// <param name="Base">What the environment runs now.</param>
/// <param name="Head">The candidate.</param>
/// <param name="Control">Base again; null when no A/A control was measured, as in imported results.</param>
public sealed record Block(ProcessMeasurement Base, ProcessMeasurement Head, ProcessMeasurement? Control)
{
    public IEnumerable<ProcessMeasurement> Processes => Control is null ? [Base, Head] : [Base, Head, Control];
}

/// <summary>Everything that one fresh process measured.</summary>
/// <param name="Machine">Where it ran.</param>
/// <param name="Benchmarks">By name.</param>
public sealed record ProcessMeasurement(MachineDescription Machine, IReadOnlyDictionary<string, BenchmarkSamples> Benchmarks);

/// <summary>What one process measured of one benchmark.</summary>
/// <param name="Turns">
/// Samples in nanoseconds an operation, in the turns in which the sides alternated; turn i of one side ran right beside turn i of the
/// other. At least one turn, none of them empty.
/// </param>
/// <param name="CpuTurns">The same turns in nanoseconds of processor time; null when not measured.</param>
/// <param name="AllocatedBytes">Managed bytes an operation allocated; null when not measured.</param>
public sealed record BenchmarkSamples(IReadOnlyList<double[]> Turns, IReadOnlyList<double[]>? CpuTurns, long? AllocatedBytes)
{
    /// <summary>The turns that a metric is computed from.</summary>
    public IReadOnlyList<double[]> Of(Metric metric) =>
        metric == Metric.Cpu ? CpuTurns ?? throw new InvalidOperationException("Processor time was not measured.") : Turns;
}

/// <summary>What must be the same on both sides for latencies to be comparable.</summary>
/// <param name="Cpu">Model name of the processor.</param>
/// <param name="Cores">Logical processors available to the process.</param>
/// <param name="Os">Operating system with its version.</param>
/// <param name="Architecture">Of the process, such as <c>X64</c> or <c>Arm64</c>.</param>
/// <param name="Runtime">Such as <c>.NET 10.0.1</c>.</param>
public sealed record MachineDescription(string Cpu, int Cores, string Os, string Architecture, string Runtime)
{
    public override string ToString() => $"{Cpu}, {Cores} cores, {Os} {Architecture}, {Runtime}";
}

/// <summary>Whose build a process runs.</summary>
internal enum Side
{
    /// <summary>What the target environment runs now.</summary>
    Base,

    /// <summary>The release candidate.</summary>
    Head,

    /// <summary>Base once more, so that what two equal builds seem to differ by is known: the A/A control.</summary>
    Control,
}
