using System.Text.Json;
using System.Text.Json.Serialization;

namespace FaceEdge.Deploy.LatencyGate.Evidence;

/// <summary>What a gate says about a release candidate.</summary>
[JsonConverter(typeof(GateVerdictConverter))]
public enum GateVerdict
{
    /// <summary>Shown to be good enough: nothing stands in the way.</summary>
    Pass,

    /// <summary>Shown to be worse than allowed.</summary>
    Fail,

    /// <summary>Neither could be shown; measuring again, or on a quieter machine, may decide.</summary>
    Inconclusive,
}

/// <summary>Verdicts are written in lower case and read strictly: a number or an unknown word is never taken for a pass.</summary>
internal sealed class GateVerdictConverter() : JsonStringEnumConverter<GateVerdict>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
