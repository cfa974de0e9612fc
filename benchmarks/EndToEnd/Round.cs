namespace FaceEdge.Benchmarks.EndToEnd;

/// <summary>What one server did for its viewers within one window of time.</summary>
/// <param name="Server">Which.</param>
/// <param name="Viewers">How many watched.</param>
/// <param name="FramesPerSecond">Whole frames that a viewer received a second, on average.</param>
/// <param name="CpuMilliseconds">Processor time of the server for each frame that a viewer received.</param>
/// <param name="Megabytes">Resident memory at the end.</param>
/// <param name="EncodesPerFrame">Encoded over detected frames; not a number where the server does not count.</param>
/// <param name="FirstFrame">From the start of the process to its first frame.</param>
/// <param name="FirstFrameCpu">Processor time that the process used until then.</param>
internal sealed record Round(
    string Server, int Viewers, double FramesPerSecond, double CpuMilliseconds, double Megabytes, double EncodesPerFrame, TimeSpan FirstFrame, TimeSpan FirstFrameCpu);
