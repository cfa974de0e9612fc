namespace FaceEdge.Deploy.Gates.Running;

/// <summary>One turn's raw samples and the managed bytes that one operation of it allocated, rounded up.</summary>
internal sealed record TurnAnswer(double[] Nanoseconds, long AllocatedBytes);
