using FaceEdge.Capture;

namespace FaceEdge.Streaming;

/// <summary>One camera: where its frames come from and what becomes of them.</summary>
/// <param name="Source">Kept for the one source that is fed from outside, a visitor's camera.</param>
/// <param name="Capture">Runs the source.</param>
/// <param name="Pipeline">Reads the capture's newest frame.</param>
internal sealed record Camera(IFrameSource Source, CameraCapture Capture, CameraPipeline Pipeline);
