namespace FaceEdge.Benchmarks.Latency;

/// <summary>What the latency runner measures.</summary>
/// <param name="AnswersGate">Speaks the runner protocol instead of printing a table.</param>
/// <param name="Model">Catalogue name; null for the service's default.</param>
/// <param name="Threads">Threads of one inference; one is the steadiest on a machine that does other work.</param>
/// <param name="Only">Measures the one benchmark of this name; null for all.</param>
/// <param name="Burn">
/// Share of its time that detection wastes on top, to see whether the gate notices: 0.1 makes it a tenth slower. Here only; the service
/// has no such thing.
/// </param>
internal sealed record LatencyOptions(bool AnswersGate, string? Model, int Threads, string? Only, double Burn);
