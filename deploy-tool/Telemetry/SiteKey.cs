using FaceEdge.Deploy.Prometheus;

namespace FaceEdge.Deploy.Telemetry;

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
