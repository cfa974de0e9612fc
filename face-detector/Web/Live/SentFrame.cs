namespace FaceEdge.Web.Live;

/// <summary>A frame that was sent to a page.</summary>
/// <param name="Sequence">As its header had it.</param>
/// <param name="CapturedAt">When it arrived from the camera, in timestamp ticks.</param>
/// <param name="SentAt">When its sending began, in timestamp ticks.</param>
/// <param name="Bytes">Of its JPEG.</param>
/// <param name="Rung">Its place in <see cref="Rung.Ladder"/>.</param>
internal readonly record struct SentFrame(uint Sequence, long CapturedAt, long SentAt, int Bytes, int Rung);
