using System.Numerics;

namespace FaceEdge.Demo;

/// <summary>Where a drawn head is and what it does at one moment.</summary>
/// <param name="Centre">Pixels: the point halfway between hairline and chin.</param>
/// <param name="FaceHeight">Pixels from hairline to chin.</param>
/// <param name="Yaw">Radians, positive towards the frame's right.</param>
/// <param name="Pitch">Radians, positive looking down.</param>
/// <param name="Roll">Radians, positive clockwise in the frame.</param>
internal readonly record struct Pose(Vector2 Centre, float FaceHeight, float Yaw, float Pitch, float Roll)
{
    /// <summary>0 closed to 1 open.</summary>
    public float EyesOpen { get; init; } = 1;

    /// <summary>−1 to 1, towards the frame's right.</summary>
    public float Gaze { get; init; }

    /// <summary>0 calm to 1 broad.</summary>
    public float Smile { get; init; }

    /// <summary>0 shut to 1 wide.</summary>
    public float MouthOpen { get; init; }

    /// <summary>0 calm to 1 raised.</summary>
    public float BrowRaise { get; init; }
}
