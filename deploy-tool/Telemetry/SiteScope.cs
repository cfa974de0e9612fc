using FaceEdge.Deploy.Prometheus;

namespace FaceEdge.Deploy.Telemetry;

/// <summary>Which sites a query is about: the matchers between the braces of a selector.</summary>
internal sealed record SiteScope(string Matchers)
{
    /// <summary>Every site of these environments.</summary>
    public static SiteScope Of(IEnumerable<string> environments) => new(PromQl.OneOf(SiteKey.EnvironmentLabel, environments));

    /// <summary>These sites of one environment.</summary>
    public static SiteScope Of(string environment, IEnumerable<string> sites) =>
        new($"{SiteKey.EnvironmentLabel}={PromQl.Quote(environment)}, {PromQl.OneOf(SiteKey.SiteLabel, sites)}");
}
