namespace FaceEdge.Deploy.LatencyGate.Running;

/// <summary>One turn, one number an operation.</summary>
/// <param name="Nanoseconds">By the clock on the wall: raw samples, none dropped.</param>
/// <param name="CpuNanoseconds">Processor time that the whole process used in each.</param>
/// <param name="AllocatedBytes">Managed bytes that one operation allocated, rounded up.</param>
/// <param name="WaitNanoseconds">
/// How much of each the measured thread stood ready to run and waited for a processor; null where the system does not count it.
/// </param>
public sealed record TurnAnswer(double[] Nanoseconds, double[] CpuNanoseconds, long AllocatedBytes, double[]? WaitNanoseconds = null);
