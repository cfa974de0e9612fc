namespace FaceEdge.Deploy.LatencyGate.Decision;

/// <summary>One repetition of the paired design: each side in a fresh process, close together in time, the order alternating between blocks.</summary>
/// <param name="Base">What the environment runs now.</param>
/// <param name="Head">The candidate.</param>
/// <param name="Control">Base again; null when no A/A control was measured, as in imported results.</param>
public sealed record Block(ProcessMeasurement Base, ProcessMeasurement Head, ProcessMeasurement? Control)
{
    public IEnumerable<ProcessMeasurement> Processes => Control is null ? [Base, Head] : [Base, Head, Control];
}
