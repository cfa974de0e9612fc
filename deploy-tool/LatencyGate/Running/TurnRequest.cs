namespace FaceEdge.Deploy.Gates.Running;

/// <summary>Asks for one turn.</summary>
internal sealed record TurnRequest(string Benchmark, int Samples);
