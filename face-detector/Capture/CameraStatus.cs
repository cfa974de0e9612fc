namespace FaceEdge.Capture;

/// <summary>A camera's condition at one moment, for the page, /readyz and the metrics.</summary>
/// <param name="Name">The camera's name in the configuration.</param>
/// <param name="Url">Where it is, credentials masked.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Since">When that began.</param>
/// <param name="Reason">Why there is no signal, credentials masked; null while there is one.</param>
/// <param name="Reconnects">Connections made after the first.</param>
/// <param name="FramesIn">Frames taken in since the start.</param>
/// <param name="FramesDropped">Those of them that a newer one replaced before anybody looked, or that went over <see cref="CameraOptions.MaxFramesPerSecond"/>.</param>
/// <param name="FramesUnmarked">JPEGs without their end-of-image marker that were shown all the same.</param>
/// <param name="FramesPerSecond">Frames taken in, over the last two seconds.</param>
/// <param name="LiveTime">For how long the camera was live, since the start.</param>
/// <param name="Width">Of the last frame; 0 before the first.</param>
/// <param name="Height">Of the last frame; 0 before the first.</param>
/// <param name="Note">How it is read where that is unusual; else null.</param>
internal sealed record CameraStatus(
    string Name,
    string Url,
    CameraState State,
    DateTimeOffset Since,
    string? Reason,
    long Reconnects,
    long FramesIn,
    long FramesDropped,
    long FramesUnmarked,
    double FramesPerSecond,
    TimeSpan LiveTime,
    int Width,
    int Height,
    string? Note = null);
