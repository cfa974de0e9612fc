namespace FaceEdge.Tests.Faults;

/// <summary>What a line to a camera may do to what the camera sends.</summary>
public enum Fault
{
    None,

    /// <summary>Connections are closed, and new ones at once.</summary>
    Cut,

    /// <summary>As <see cref="Cut"/>, with a reset in place of an orderly end.</summary>
    Reset,

    /// <summary>Connections stay open, and nothing comes.</summary>
    Stall,

    /// <summary>Some hundred bytes a second.</summary>
    Trickle,

    /// <summary>Less than the stream needs.</summary>
    Narrow,

    /// <summary>As many bytes as were sent, all of them random.</summary>
    Garbage,

    /// <summary>Pieces are missing.</summary>
    Half,
}
