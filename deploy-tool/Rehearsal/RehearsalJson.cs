using System.Text.Json.Serialization;
using FaceEdge.Deploy.Rehearsal.Machine;

namespace FaceEdge.Deploy.Rehearsal;

/// <summary>Generated serialisers of what the commands print and of the state that they keep.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PackImageResult))]
[JsonSerializable(typeof(RehearsalResult))]
[JsonSerializable(typeof(RehearsalState))]
internal sealed partial class RehearsalJson : JsonSerializerContext;
