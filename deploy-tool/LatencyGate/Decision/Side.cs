namespace FaceEdge.Deploy.LatencyGate.Decision;

/// <summary>Whose build a process runs.</summary>
internal enum Side
{
    /// <summary>What the target environment runs now.</summary>
    Base,

    /// <summary>The release candidate.</summary>
    Head,

    /// <summary>Base once more, so that what two equal builds seem to differ by is known: the A/A control.</summary>
    Control,
}
