using System.Text.Json.Serialization;

namespace FaceEdge.Deploy.CommandLine;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CommandError))]
internal sealed partial class FrameJson : JsonSerializerContext;
