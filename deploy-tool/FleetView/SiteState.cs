using System.Text.Json.Serialization;
using FaceEdge.Contracts;
using FaceEdge.Deploy.Telemetry;

namespace FaceEdge.Deploy.FleetView;

/// <summary>How what a site runs stands to what Git wants, worst first.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SiteState>))]
internal enum SiteState
{
    /// <summary>It runs an image that was never promoted to its environment.</summary>
    Wrong,

    /// <summary>It has reported nothing for a while.</summary>
    Silent,

    /// <summary>It runs an image that was promoted earlier, though Git has wanted another for longer than an update takes.</summary>
    Behind,

    /// <summary>The same, and Git has not wanted the other for long.</summary>
    Updating,

    /// <summary>It runs what Git wants.</summary>
    Current,
}

/// <summary>Decides a site's state from what is known of it.</summary>
internal static class SiteStateRule
{
    /// <param name="wanted">Digest that Git wants; null where the manifest pins none.</param>
    /// <param name="seen">What the site said within the time after which it counts as silent; null when it said nothing.</param>
    /// <param name="promoted">Digests that were promoted to the environment, or replaced by that.</param>
    /// <param name="isFresh">Whether Git has wanted the digest for no longer than an update may take.</param>
    public static SiteState Evaluate(string? wanted, Sighting? seen, IReadOnlySet<string> promoted, bool isFresh) => seen switch
    {
        null => SiteState.Silent,
        { Digest: { } digest } when digest == wanted => SiteState.Current,
        { Digest: { } digest } when promoted.Contains(digest) => isFresh ? SiteState.Updating : SiteState.Behind,
        _ => SiteState.Wrong,
    };
}
