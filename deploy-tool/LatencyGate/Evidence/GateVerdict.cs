using System.Text.Json.Serialization;
using FaceEdge.Contracts;

namespace FaceEdge.Deploy.LatencyGate.Evidence;

/// <summary>What a gate says about a release candidate.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<GateVerdict>))]
public enum GateVerdict
{
    /// <summary>Shown to be good enough: nothing stands in the way.</summary>
    Pass,

    /// <summary>Shown to be worse than allowed.</summary>
    Fail,

    /// <summary>Neither could be shown; measuring again, or on a quieter machine, may decide.</summary>
    Inconclusive,
}
