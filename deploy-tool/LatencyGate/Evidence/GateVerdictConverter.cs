using System.Text.Json;
using System.Text.Json.Serialization;

namespace FaceEdge.Deploy.LatencyGate.Evidence;

/// <summary>Verdicts are written in lower case and read strictly: a number or an unknown word is never taken for a pass.</summary>
internal sealed class GateVerdictConverter() : JsonStringEnumConverter<GateVerdict>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
