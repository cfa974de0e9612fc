using System.Text.Json;
using System.Text.Json.Serialization;

namespace FaceEdge.Deploy.Promotion;

/// <summary>What became of a plan.</summary>
/// <param name="Plan">The plan that was carried out or not.</param>
/// <param name="End">How it ended.</param>
/// <param name="Commit">Full hash; null when there is none.</param>
/// <param name="PushAttempts">Pushes tried until one landed.</param>
/// <param name="Note">What the operator should know beside; null when there is nothing.</param>
internal sealed record ChangeOutcome(ChangePlan Plan, ChangeEnd End, string? Commit = null, int PushAttempts = 0, string? Note = null)
{
    /// <summary>The pull request that it waits in or came by; null where it is none.</summary>
    public ProposedChange? PullRequest { get; init; }
}

/// <summary>How a promotion, a rollback, a rollout's wave or a configuration ended.</summary>
[JsonConverter(typeof(ChangeEndConverter))]
internal enum ChangeEnd
{
    /// <summary>The commit is on the branch that sites pull.</summary>
    Pushed,

    /// <summary>The commit is on the local branch alone.</summary>
    Committed,

    /// <summary>The commit waits on a branch of its own, in a pull request.</summary>
    Proposed,

    /// <summary>The pull request is merged, and with it the commit is on the branch that sites pull.</summary>
    Merged,

    /// <summary>Nothing was written, as asked.</summary>
    DryRun,

    /// <summary>The environment has the image already.</summary>
    NothingToDo,

    /// <summary>A rule or a gate says no; nothing was written.</summary>
    Refused,
}

/// <summary>In lower camel case.</summary>
internal sealed class ChangeEndConverter() : JsonStringEnumConverter<ChangeEnd>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
