using System.Text.Json.Serialization;
using FaceEdge.Deploy.FleetView;

namespace FaceEdge.Deploy.Commands;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ApproversResult))]
[JsonSerializable(typeof(ChangeResult))]
[JsonSerializable(typeof(ConfigureResult))]
[JsonSerializable(typeof(FleetReport))]
[JsonSerializable(typeof(HistoryResult))]
[JsonSerializable(typeof(PauseResult))]
[JsonSerializable(typeof(RolloutResult))]
[JsonSerializable(typeof(StatusResult))]
[JsonSerializable(typeof(WatchResult))]
internal sealed partial class PromotionJson : JsonSerializerContext;
