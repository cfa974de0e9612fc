using System.Text.Json;
using System.Text.Json.Serialization;
using FaceEdge.Capture;
using FaceEdge.Commands;
using FaceEdge.Contracts;
using FaceEdge.Counting;
using FaceEdge.Telemetry;
using FaceEdge.Web.Api;
using Microsoft.AspNetCore.Mvc;

namespace FaceEdge;

/// <summary>Generated serialisers of all that the program sends, prints and keeps: no reflection at start.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    Converters =
    [
        typeof(CamelCaseEnumConverter<DetectionMode>),
        typeof(CamelCaseEnumConverter<CameraState>),
        typeof(CamelCaseEnumConverter<PrivacyMode>),
        typeof(CamelCaseEnumConverter<CountStep>),
    ])]
[JsonSerializable(typeof(DetectionsDto))]
[JsonSerializable(typeof(IReadOnlyList<DetectionsDto>))]
[JsonSerializable(typeof(DetectAnswer))]
[JsonSerializable(typeof(VisitorAnswer))]
[JsonSerializable(typeof(WatchRequest))]
[JsonSerializable(typeof(LineDto))]
[JsonSerializable(typeof(CountsDto))]
[JsonSerializable(typeof(SettingsDto))]
[JsonSerializable(typeof(SettingsChangeDto))]
[JsonSerializable(typeof(IReadOnlyList<CameraDto>))]
[JsonSerializable(typeof(InfoDto))]
[JsonSerializable(typeof(ReadinessDto))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(CompareReportWriter.ComparisonDocument))]
[JsonSerializable(typeof(ModelsListCommand.Row[]), TypeInfoPropertyName = "ModelRows")]
[JsonSerializable(typeof(RunLogDocument))]
internal sealed partial class FaceDetectorJson : JsonSerializerContext;
