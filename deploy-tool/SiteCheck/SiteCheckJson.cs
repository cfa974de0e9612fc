using System.Text.Json.Serialization;

namespace FaceEdge.Deploy.SiteCheck;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SiteCheckReport))]
internal sealed partial class SiteCheckJson : JsonSerializerContext;
