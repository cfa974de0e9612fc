namespace FaceEdge.Deploy.LatencyGate.Running;

/// <summary>One side of the comparison, ready to be measured.</summary>
/// <param name="Name">For the report: a commit, or the command.</param>
/// <param name="Command">Starts a fresh measured process.</param>
public sealed record GateSide(string Name, RunnerCommand Command);
