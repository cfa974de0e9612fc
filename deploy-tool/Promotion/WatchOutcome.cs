using System.Text.Json.Serialization;
using FaceEdge.Contracts;

namespace FaceEdge.Deploy.Promotion;

/// <summary>What became of a rollout that was watched.</summary>
/// <param name="End">How the watch ended.</param>
/// <param name="Reason">Why, in one line.</param>
/// <param name="Last">The last step; null when none came to a result.</param>
/// <param name="Commits">What this watch pushed, oldest first, full hashes.</param>
internal sealed record WatchOutcome(WatchEnd End, string Reason, ChangeOutcome? Last, IReadOnlyList<string> Commits);

/// <summary>How a watch ended.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<WatchEnd>))]
internal enum WatchEnd
{
    /// <summary>Every site has the image, and telemetry shows no harm.</summary>
    Done,

    /// <summary>Telemetry showed harm, and the sites that had the image are to run the one before.</summary>
    RolledBack,

    /// <summary>A rule or a gate says no; nothing more was written.</summary>
    Refused,

    /// <summary>Telemetry could not decide in time; the sites keep what they have.</summary>
    Undecided,

    /// <summary>The watch's own time was over; another one goes on.</summary>
    UnderWay,

    /// <summary>Nothing was written, as asked.</summary>
    DryRun,
}
