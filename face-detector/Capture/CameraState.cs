namespace FaceEdge.Capture;

/// <summary>What a camera is doing.</summary>
internal enum CameraState
{
    /// <summary>The first connection is being made; there was no frame yet.</summary>
    Connecting,

    /// <summary>Frames arrive and change.</summary>
    Live,

    /// <summary>The connection failed, or is silent or frozen; a new one is tried again and again.</summary>
    NoSignal,
}
