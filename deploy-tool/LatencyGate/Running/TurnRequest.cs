namespace FaceEdge.Deploy.LatencyGate.Running;

/// <summary>Asks for one turn.</summary>
public sealed record TurnRequest(string Benchmark, int Samples);
