namespace FaceEdge.Benchmarks.Cameras;

/// <summary>Processor time of one frame in milliseconds, of each part of the work that nothing can spare.</summary>
internal readonly record struct BareCost(double Decode, double Run, double Encode);
