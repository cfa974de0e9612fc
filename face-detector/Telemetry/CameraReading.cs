namespace FaceEdge.Telemetry;

/// <summary>What others count of a camera, read when somebody collects.</summary>
/// <param name="Received">Frames that the camera sent.</param>
/// <param name="Dropped">Those of them that were left out.</param>
/// <param name="Unmarked">JPEG frames without their end marker that were shown all the same.</param>
/// <param name="Reconnects">Connections made after the first.</param>
/// <param name="Live">The camera sends frames.</param>
/// <param name="LiveTime">For how long it has, since the service started.</param>
/// <param name="Viewers">Who watch it.</param>
/// <param name="Faces">In its newest frame.</param>
internal readonly record struct CameraReading(long Received, long Dropped, long Unmarked, long Reconnects, bool Live, TimeSpan LiveTime, int Viewers, int Faces);
