using System.Text.Json.Serialization;

namespace FaceEdge.Deploy.LatencyGate.Running;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RunnerReady))]
[JsonSerializable(typeof(TurnRequest))]
[JsonSerializable(typeof(TurnAnswer))]
internal sealed partial class RunnerJson : JsonSerializerContext;
