using FaceEdge.Counting;

namespace FaceEdge.Web.Api;

/// <summary>How many people cameras saw, step by step.</summary>
/// <param name="TimeZone">Of the site: its hours and days are counted.</param>
/// <param name="Step">"minute", "hour" or "day".</param>
/// <param name="Cameras">Each camera that was asked for.</param>
internal sealed record CountsDto(string TimeZone, CountStep Step, IReadOnlyList<CameraCountsDto> Cameras);

/// <summary>One camera's counts.</summary>
/// <param name="Camera">Its name.</param>
/// <param name="Counts">One a step, oldest first.</param>
internal sealed record CameraCountsDto(string Camera, IReadOnlyList<CountDto> Counts);

/// <summary>What a camera saw in one step.</summary>
/// <param name="From">When it began, in the site's time.</param>
/// <param name="To">When it ended.</param>
/// <param name="Passed">People who came into view; null where faces are not tracked. Who leaves and comes back counts again.</param>
/// <param name="MostInView">At a time.</param>
/// <param name="MeanInView">On average over the time watched; null where none was.</param>
/// <param name="WatchedSeconds">For how long frames were searched.</param>
internal sealed record CountDto(DateTimeOffset From, DateTimeOffset To, int? Passed, int MostInView, double? MeanInView, double WatchedSeconds);
