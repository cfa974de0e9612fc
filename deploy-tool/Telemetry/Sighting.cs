using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Prometheus;

namespace FaceEdge.Deploy.Telemetry;

/// <summary>What a site said that it runs, when it last reported.</summary>
/// <param name="Image">The reference as the service knows it; empty where it knows none.</param>
/// <param name="Version">Of the service.</param>
/// <param name="At">Time of the newest sample.</param>
internal sealed record Sighting(string Image, string Version, DateTimeOffset At)
{
    /// <summary>The image's digest; null where the service knows none.</summary>
    public string? Digest { get; } = ImageReference.TryParse(Image, out var reference) ? reference.Digest : null;

    /// <summary>For people: what the site runs.</summary>
    public string Running => Image.Length > 0 ? Image : $"version {Version}, of no image that it knows";
}

/// <summary>A site as its series name it: by the labels <c>environment</c> and <c>site</c>, the names of its folders.</summary>
internal readonly record struct SiteKey(string Environment, string Site)
{
    public const string EnvironmentLabel = "environment";
    public const string SiteLabel = "site";

    /// <summary>What queries group by.</summary>
    public const string Labels = $"{EnvironmentLabel}, {SiteLabel}";

    public static SiteKey Of(Sample sample) => new(sample[EnvironmentLabel], sample[SiteLabel]);

    public override string ToString() => $"{Environment}/{Site}";
}
