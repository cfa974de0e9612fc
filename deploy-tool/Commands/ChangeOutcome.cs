using System.Text.Json;
using System.Text.Json.Serialization;

namespace FaceEdge.Deploy.Commands;

/// <summary>What became of a promotion, a rollback or a rollout's wave.</summary>
[JsonConverter(typeof(ChangeOutcomeConverter))]
internal enum ChangeOutcome
{
    /// <summary>The commit is on the branch that sites pull.</summary>
    Pushed,

    /// <summary>The commit is on the local branch alone.</summary>
    Committed,

    /// <summary>Nothing was written, as asked.</summary>
    DryRun,

    /// <summary>The environment has the image already.</summary>
    NothingToDo,

    /// <summary>A rule or a gate says no; nothing was written.</summary>
    Refused,
}

/// <summary>Outcomes in lower camel case.</summary>
internal sealed class ChangeOutcomeConverter() : JsonStringEnumConverter<ChangeOutcome>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
