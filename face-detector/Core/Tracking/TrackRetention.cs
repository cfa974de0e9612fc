namespace FaceEdge.Tracking;

/// <summary>How long a face that is not found any more is remembered.</summary>
/// <param name="Confirmed">Once it is confirmed.</param>
/// <param name="Unconfirmed">Before.</param>
/// <param name="BeyondEdge">Also where its way has left the picture.</param>
internal readonly record struct TrackRetention(TimeSpan Confirmed, TimeSpan Unconfirmed, bool BeyondEdge);
