namespace FaceEdge.Capture;

/// <summary>Why the watchdog gave a connection up.</summary>
internal enum WatchdogVerdict
{
    None,
    NeverStarted,
    Silent,
    Frozen,
}
