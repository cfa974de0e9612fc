namespace FaceEdge.Web.Api;

/// <summary>What the page sends to choose its cameras.</summary>
/// <param name="Watch">Names of cameras; none while the page is hidden.</param>
internal sealed record WatchRequest(IReadOnlyList<string?>? Watch);
