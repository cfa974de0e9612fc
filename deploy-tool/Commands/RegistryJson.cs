using System.Text.Json.Serialization;

namespace FaceEdge.Deploy.Commands;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(VerifyImageResult))]
internal sealed partial class RegistryJson : JsonSerializerContext;
