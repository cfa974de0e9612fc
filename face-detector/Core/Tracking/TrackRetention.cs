namespace FaceEdge.Tracking;

/// <summary>How long faces that are not found any more are remembered.</summary>
/// <param name="Confirmed">Once they are confirmed.</param>
/// <param name="Unconfirmed">Before.</param>
/// <param name="BeyondEdge">Also where their path has left the frame.</param>
internal readonly record struct TrackRetention(TrackMemory Confirmed, TrackMemory Unconfirmed, bool BeyondEdge);
