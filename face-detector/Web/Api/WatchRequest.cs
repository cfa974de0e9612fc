namespace FaceEdge.Web.Api;

/// <summary>What the page sends to choose its cameras.</summary>
/// <param name="Watch">Names of cameras; none while the page is hidden.</param>
/// <param name="Width">How wide it shows each, in pixels of the screen; null where it wants all that there is.</param>
internal sealed record WatchRequest(IReadOnlyList<string?>? Watch, int? Width);
