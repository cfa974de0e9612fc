namespace FaceEdge.Deploy.Gates.Running;

/// <summary>One turn's raw samples, the processor time of each, and the managed bytes that one operation of it allocated, rounded up.</summary>
internal sealed record TurnAnswer(double[] Nanoseconds, double[] CpuNanoseconds, long AllocatedBytes);
