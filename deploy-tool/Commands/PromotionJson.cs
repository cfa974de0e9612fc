using System.Text.Json.Serialization;

namespace FaceEdge.Deploy.Commands;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ChangeAnswer))]
internal sealed partial class PromotionJson : JsonSerializerContext;
