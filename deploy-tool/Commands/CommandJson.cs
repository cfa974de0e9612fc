using System.Text.Json.Serialization;
using FaceEdge.Deploy.FleetView;

namespace FaceEdge.Deploy.Commands;

/// <summary>
/// What the commands print with <c>--output json</c>. Documents that are kept in files, or that others write, have their own beside them: they are read
/// strictly, and a context for all would know every folder that it is used in.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ApproversResult))]
[JsonSerializable(typeof(ChangeResult))]
[JsonSerializable(typeof(ConfigureResult))]
[JsonSerializable(typeof(DiffResult))]
[JsonSerializable(typeof(FleetReport))]
[JsonSerializable(typeof(HistoryResult))]
[JsonSerializable(typeof(InitResult))]
[JsonSerializable(typeof(PauseResult))]
[JsonSerializable(typeof(RenderResult))]
[JsonSerializable(typeof(RolloutResult))]
[JsonSerializable(typeof(SiteDifferenceResult))]
[JsonSerializable(typeof(SiteListResult))]
[JsonSerializable(typeof(SiteResult))]
[JsonSerializable(typeof(StatusResult))]
[JsonSerializable(typeof(ValidateResult))]
[JsonSerializable(typeof(VerifyImageResult))]
[JsonSerializable(typeof(WatchResult))]
internal sealed partial class CommandJson : JsonSerializerContext;
