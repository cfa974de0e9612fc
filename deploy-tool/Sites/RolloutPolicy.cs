namespace FaceEdge.Deploy.Sites;

/// <summary>How an environment with many sites gets an image.</summary>
/// <param name="Waves">In order; the last takes every site.</param>
/// <param name="CheckedPercent">How much of a wave's sites must have passed check-site before the next wave; 1 to 100.</param>
/// <param name="MaximumAge">How old a site check may be; null for any age.</param>
/// <param name="Telemetry">What the telemetry of the sites with the image must show before the next wave; null when it is not asked.</param>
internal sealed record RolloutPolicy(IReadOnlyList<Wave> Waves, int CheckedPercent, TimeSpan? MaximumAge, TelemetryGate? Telemetry);

/// <summary>One step of a rollout.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Labels">Labels that a site's Deployment must carry to be in the wave; empty for every site.</param>
/// <param name="Percent">How much of those sites has the image when the wave is done, earlier waves included; 1 to 100.</param>
internal sealed record Wave(string Name, IReadOnlyDictionary<string, string> Labels, int Percent);
