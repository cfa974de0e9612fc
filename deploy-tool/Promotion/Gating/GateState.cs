using System.Text.Json;
using System.Text.Json.Serialization;

namespace FaceEdge.Deploy.Promotion.Gating;

/// <summary>How a gate stands for one promotion.</summary>
[JsonConverter(typeof(GateStateConverter))]
internal enum GateState
{
    /// <summary>The gate is satisfied.</summary>
    Passed,

    /// <summary>The gate says no.</summary>
    Failed,

    /// <summary>What the gate asks for is not there yet.</summary>
    Missing,

    /// <summary>The evidence says neither yes nor no.</summary>
    Inconclusive,

    /// <summary>The operator went around it with a reason that is recorded.</summary>
    Overridden,

    /// <summary>Not asked, because of <c>--skip-gates</c>; recorded.</summary>
    Skipped,
}

/// <summary>States in lower camel case.</summary>
internal sealed class GateStateConverter() : JsonStringEnumConverter<GateState>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
