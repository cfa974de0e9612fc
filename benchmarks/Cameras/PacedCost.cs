namespace FaceEdge.Benchmarks.Cameras;

/// <summary>Processor time of one frame in milliseconds, at the pace of a camera: between two frames, what they work on leaves the processor's caches.</summary>
/// <param name="Decode">By ffmpeg, which throws the frame away.</param>
/// <param name="Run">Of the model.</param>
/// <param name="Pipe">On top of decoding, by the service's own ffmpeg and a reader who throws the frame away.</param>
internal readonly record struct PacedCost(double Decode, double Run, double Pipe);
