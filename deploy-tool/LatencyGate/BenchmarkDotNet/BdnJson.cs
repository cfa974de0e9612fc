using System.Text.Json.Serialization;

namespace FaceEdge.Deploy.LatencyGate.BenchmarkDotNet;

/// <summary>BenchmarkDotNet writes property names as the types have them.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BdnReport))]
internal sealed partial class BdnJson : JsonSerializerContext;
