namespace FaceEdge.Deploy.Sites;

/// <summary>A gate that takes what the sites' telemetry shows of the image.</summary>
/// <param name="ReportingPercent">Of the sites that Git gave the image, how many must report it, 1 to 100.</param>
/// <param name="Observe">For how long at least; the checks look at this time.</param>
/// <param name="Error">Chance, for all canary checks together, of failing an image that is no worse than the margins; 0.00001 to 0.1.</param>
/// <param name="Checks">In the order of the file.</param>
/// <param name="ReplacesSiteCheck">Whether a pass stands for check-site too: a site that cannot be dialled has no other evidence.</param>
internal sealed record TelemetryGate(
    int ReportingPercent, TimeSpan Observe, double Error, IReadOnlyList<TelemetryCheck> Checks, bool ReplacesSiteCheck);

/// <summary>Something that must hold while the sites are observed.</summary>
/// <param name="Name">What people call it.</param>
internal abstract record TelemetryCheck(string Name);

/// <summary>A query whose every value must keep to a bound.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Query">PromQL, with the placeholders of <see cref="Placeholders"/>.</param>
/// <param name="AtMost">The largest value; null without one.</param>
/// <param name="AtLeast">The smallest value; null without one.</param>
internal sealed record QueryCheck(string Name, string Query, double? AtMost, double? AtLeast) : TelemetryCheck(Name)
{
    /// <summary>Stands for the matchers that select the sites with the image.</summary>
    public const string Sites = "$sites";

    /// <summary>Stands for the time of observation.</summary>
    public const string Observe = "$observe";

    public static IReadOnlyList<string> Placeholders { get; } = [Sites, Observe];
}

/// <summary>A comparison of the sites that have the image with those that do not have it yet, each against its own past.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Measure">What is compared.</param>
/// <param name="Margin">How much worse the image may be: a share of latency and faces, points of cameras live, a number of restarts.</param>
internal sealed record CanaryCheck(string Name, CanaryMeasure Measure, double Margin) : TelemetryCheck(Name);

/// <summary>What of a site is compared.</summary>
internal enum CanaryMeasure
{
    /// <summary>Mean time of a frame's detection; more is worse.</summary>
    Latency,

    /// <summary>Share of the time in which cameras sent frames; less is worse.</summary>
    Camera,

    /// <summary>Restarts of the service; more is worse.</summary>
    Restarts,

    /// <summary>Faces found a minute; fewer is worse.</summary>
    Faces,
}
