using System.Text.Json.Serialization;

namespace FaceEdge.Deploy.Commands;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ApproversAnswer))]
[JsonSerializable(typeof(ChangeAnswer))]
[JsonSerializable(typeof(HistoryAnswer))]
[JsonSerializable(typeof(RolloutAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
internal sealed partial class PromotionJson : JsonSerializerContext;
