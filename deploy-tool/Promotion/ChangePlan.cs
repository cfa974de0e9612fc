using System.Text.Json.Serialization;
using FaceEdge.Contracts;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Promotion;

/// <summary>What would be done to an environment on top of one commit, and what stands against it.</summary>
/// <param name="Environment">Where.</param>
/// <param name="From">The environment the image comes from, or <c>registry</c>; null for a rollback and for settings.</param>
/// <param name="Image">The image that the sites are to have, pinned unless it could not be; null for settings.</param>
/// <param name="Replaced">The images that they have now.</param>
/// <param name="Sites">Sites that the change is about.</param>
internal sealed record ChangePlan(string Environment, string? From, ImageReference? Image, IReadOnlyList<string> Replaced, int Sites)
{
    /// <summary>What the change is about, in a few words that are always the same for it and fit the name of a branch, such as <c>promote/qa</c>.</summary>
    public required string Topic { get; init; }

    /// <summary>The branch on which the change waits where it is proposed.</summary>
    public string Branch => $"deploy-tool/{Topic}";

    /// <summary>The files; null when the plan was refused before they were worked out, or is to write a message alone.</summary>
    public FileEdits? Edits { get; init; }

    /// <summary>What each gate says.</summary>
    public IReadOnlyList<GateOutcome> Gates { get; init; } = [];

    /// <summary>What was brought for the gates.</summary>
    public IReadOnlyList<EvidenceFile> Evidence { get; init; } = [];

    /// <summary>The rules that say no.</summary>
    public IReadOnlyList<Refusal> Refusals { get; init; } = [];

    /// <summary>The commit's message; null when there is nothing to commit.</summary>
    public CommitMessage? Message { get; init; }

    /// <summary>The waves, for a rollout; null otherwise.</summary>
    public RolloutProgress? Rollout { get; init; }

    public bool IsRefused => Refusals.Count > 0 || Gates.Any(gate => !gate.Open);

    /// <summary>Whether only something that could not be decided is in the way.</summary>
    public bool IsUndecided => Refusals.Count == 0 && Gates.All(gate => gate.Open || gate.State == GateState.Inconclusive);

    public bool IsNothingToDo => Edits is { Files.Count: 0 };

    /// <summary>The commit that the plan comes to, on top of what it was planned on.</summary>
    public PlannedCommit ToCommit(DesiredState state) => new(state.Tree, Edits?.Files ?? [], Message ?? throw new InvalidOperationException("The plan writes nothing."));

    /// <summary>The same plan with rules that say no.</summary>
    public ChangePlan Refused(params IReadOnlyList<Refusal> refusals) => this with { Refusals = refusals };
}

/// <summary>How far a rollout is.</summary>
/// <param name="Waves">Every wave, in order, before this run.</param>
/// <param name="Wave">Number of the wave that this run is about, from 1; 0 when the rollout is done.</param>
/// <param name="ToCheck">Sites to check before the next wave: those that have the image after this one.</param>
/// <param name="Since">When the rollout last moved, or was let go on; null when it has not begun.</param>
/// <param name="Telemetry">How the rollout asks telemetry, and how long a site may take to update; null when it does not.</param>
internal sealed record RolloutProgress(
    IReadOnlyList<WaveStatus> Waves, int Wave, IReadOnlyList<string> ToCheck, DateTimeOffset? Since = null, (TelemetryGate Gate, TimeSpan UpdateWithin)? Telemetry = null);

/// <summary>How far a wave is: sites that are to have the image when it is done, and those that have it before this run.</summary>
internal sealed record WaveStatus(string Name, int Sites, int Done);

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
[JsonConverter(typeof(CamelCaseEnumConverter<ChangeEnd>))]
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
