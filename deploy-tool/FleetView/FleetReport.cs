using System.Text.Json.Serialization;
using FaceEdge.Deploy.History;

namespace FaceEdge.Deploy.FleetView;

/// <summary>What the sites run, against what Git wants.</summary>
/// <param name="AsOf">The moment that all of it is about.</param>
/// <param name="Commit">The commit that says what is wanted.</param>
/// <param name="Prometheus">Where the rest was asked.</param>
/// <param name="Environments">In promotion order.</param>
/// <param name="Sites">Worst first.</param>
/// <param name="UnknownSites">Sites, as <c>environment/site</c>, that report and that Git does not have.</param>
internal sealed record FleetReport(
    DateTimeOffset AsOf,
    string Commit,
    string Prometheus,
    IReadOnlyList<EnvironmentReport> Environments,
    IReadOnlyList<SiteReport> Sites,
    IReadOnlyList<string> UnknownSites)
{
    /// <summary>What is paused, each pause once.</summary>
    [JsonIgnore]
    public IEnumerable<RolloutPause> Pauses => Environments.Select(environment => environment.Paused).OfType<RolloutPause>().Distinct();
}

/// <summary>How many sites of an environment are in which state.</summary>
/// <param name="Name">Of the environment.</param>
/// <param name="Sites">All that it has.</param>
/// <param name="Current">Of these, how many run what Git wants; the others are as <see cref="SiteState"/> says.</param>
/// <param name="Updating">How many still run an earlier image, not for long.</param>
/// <param name="Behind">How many still run an earlier image, for too long.</param>
/// <param name="Wrong">How many run what was never promoted there.</param>
/// <param name="Silent">How many have reported nothing for a while.</param>
/// <param name="Reporting">How many sites reported in the day before, at even intervals, oldest first.</param>
/// <param name="Paused">Who paused its rollouts, and why; null when they go on.</param>
internal sealed record EnvironmentReport(
    string Name, int Sites, int Current, int Updating, int Behind, int Wrong, int Silent, IReadOnlyList<int> Reporting, RolloutPause? Paused)
{
    public static EnvironmentReport Of(string name, IReadOnlyCollection<SiteReport> sites, IReadOnlyList<int> reporting, RolloutPause? paused)
    {
        return new EnvironmentReport(
            name, sites.Count, Count(SiteState.Current), Count(SiteState.Updating), Count(SiteState.Behind), Count(SiteState.Wrong), Count(SiteState.Silent), reporting, paused);

        int Count(SiteState state) => sites.Count(site => site.State == state);
    }
}

/// <summary>One site. Figures are null where the site has not reported them.</summary>
/// <param name="Environment">Name of its environment.</param>
/// <param name="Site">Its name.</param>
/// <param name="Wanted">The image that Git wants, as the manifest names it.</param>
/// <param name="Running">The image that it last said it runs; null when it never reported.</param>
/// <param name="State">How the two stand to each other.</param>
/// <param name="LastSeen">Its newest sample; null when it never reported, as far as is remembered.</param>
/// <param name="UpSince">When its service started.</param>
/// <param name="CameraLive">Share of its cameras that send frames, 0 to 1.</param>
/// <param name="LatencyP95Milliseconds">Detection of 95 of 100 frames, over five minutes.</param>
/// <param name="LatencyMilliseconds">Detection on average, over five minutes.</param>
/// <param name="LatencyRatio">The same against the middle site of its environment: 2 is twice as slow.</param>
/// <param name="FacesPerMinute">Faces found, counted once a frame, over five minutes.</param>
/// <param name="Restarts">Of the service, in the hour before.</param>
internal sealed record SiteReport(
    string Environment,
    string Site,
    string Wanted,
    string? Running,
    SiteState State,
    DateTimeOffset? LastSeen,
    DateTimeOffset? UpSince,
    double? CameraLive,
    double? LatencyP95Milliseconds,
    double? LatencyMilliseconds,
    double? LatencyRatio,
    double? FacesPerMinute,
    int? Restarts);
