namespace FaceEdge.Deploy.LatencyGate.Running;

/// <summary>
/// How the gate talks with a measured process: one JSON object a line. The process warms up and writes <see cref="RunnerReady"/>; then,
/// for every <see cref="TurnRequest"/> on its standard input, it measures and writes a <see cref="TurnAnswer"/>; it ends when its
/// standard input does. Between turns it uses no processor time, so that the sides can take turns within a second.
/// </summary>
public static class RunnerProtocol
{
    /// <summary>Changes whenever a head could not be compared with an older base any more.</summary>
    public const string Version = "faceedge-latency/1";
}
