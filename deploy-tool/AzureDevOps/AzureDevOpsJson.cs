using System.Text.Json.Serialization;

namespace FaceEdge.Deploy.AzureDevOps;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = false)]
[JsonSerializable(typeof(Timeline))]
[JsonSerializable(typeof(ApprovalList))]
internal sealed partial class AzureDevOpsJson : JsonSerializerContext;
