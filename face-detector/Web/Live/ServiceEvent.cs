namespace FaceEdge.Web.Live;

/// <summary>One thing that changed: what server-sent events and the page's WebSocket carry.</summary>
/// <param name="Type">"settings", "cameras" or "detections".</param>
/// <param name="Data">JSON.</param>
internal readonly record struct ServiceEvent(string Type, string Data);
