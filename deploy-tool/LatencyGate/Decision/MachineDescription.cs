namespace FaceEdge.Deploy.LatencyGate.Decision;

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
