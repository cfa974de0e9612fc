namespace FaceEdge.Deploy.Sites;

/// <summary>How an environment with many sites gets an image.</summary>
/// <param name="Waves">In order; the last takes every site.</param>
/// <param name="CheckedPercent">How much of a wave's sites must have passed check-site before the next wave; 1 to 100.</param>
/// <param name="MaximumAge">How old a site check may be; null for any age.</param>
internal sealed record RolloutPolicy(IReadOnlyList<Wave> Waves, int CheckedPercent, TimeSpan? MaximumAge);
