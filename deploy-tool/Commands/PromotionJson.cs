using System.Text.Json.Serialization;

namespace FaceEdge.Deploy.Commands;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ApproversResult))]
[JsonSerializable(typeof(ChangeResult))]
[JsonSerializable(typeof(ConfigureResult))]
[JsonSerializable(typeof(HistoryResult))]
[JsonSerializable(typeof(RolloutResult))]
[JsonSerializable(typeof(StatusResult))]
internal sealed partial class PromotionJson : JsonSerializerContext;
