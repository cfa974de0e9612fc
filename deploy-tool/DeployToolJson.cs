using System.Text.Json;
using System.Text.Json.Serialization;
using FaceEdge.Deploy.AzureDevOps;
using FaceEdge.Deploy.Commands;
using FaceEdge.Deploy.FleetView;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.SiteCheck;

namespace FaceEdge.Deploy;

/// <summary>Generated serialisers of all that the tool prints, keeps in files and asks Azure DevOps for.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AccuracyResult))]
[JsonSerializable(typeof(ApprovalList))]
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
[JsonSerializable(typeof(SiteCheckResult))]
[JsonSerializable(typeof(SiteDifferenceResult))]
[JsonSerializable(typeof(SiteListResult))]
[JsonSerializable(typeof(SiteResult))]
[JsonSerializable(typeof(StatusResult))]
[JsonSerializable(typeof(Timeline))]
[JsonSerializable(typeof(ValidateResult))]
[JsonSerializable(typeof(VerifyImageResult))]
[JsonSerializable(typeof(WatchResult))]
internal sealed partial class DeployToolJson : JsonSerializerContext
{
    /// <summary>For files that people open.</summary>
    public static DeployToolJson Indented => field ??= new DeployToolJson(new JsonSerializerOptions(Default.Options) { WriteIndented = true });
}
