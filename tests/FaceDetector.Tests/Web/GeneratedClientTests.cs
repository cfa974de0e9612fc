using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;

namespace FaceEdge.Tests.Web;

/// <summary>A client is generated from the API's description, as its users do, and asks the service: what the description says wrong does not compile or fails.</summary>
public sealed class GeneratedClientTests
{
    /// <summary>A user's program. The types it names are those that the client must have.</summary>
    private const string Program = """
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Net.Http;
        using System.Threading.Tasks;
        using Generated;

        public static class Program
        {
            public static async Task<List<string>> RunAsync(HttpClient http, byte[] picture)
            {
                var said = new List<string>();
                var client = new FaceEdgeClient(http) { BaseUrl = http.BaseAddress!.AbsoluteUri };

                DetectAnswer answer = await client.DetectAsync(new FileParameter(new MemoryStream(picture), "photo.jpg", "image/jpeg"));
                int width = answer.Width;
                float x = answer.Faces.Select(face => face.X).DefaultIfEmpty().Max();
                double? decode = answer.Milliseconds.Decode;
                said.Add($"detect {width} {x >= 0} {decode > 0}");

                CameraDto camera = (await client.CamerasAsync()).Single();
                CameraState state = camera.State;
                long received = camera.FramesReceived;
                said.Add($"camera {camera.Name} {state} {received > 0} {camera.Reason is null} {camera.Privacy}");

                CountsDto counts = await client.CountsAsync("camera", null, null, "minute");
                CountDto minute = counts.Cameras.Single().Counts.Last();
                int? passed = minute.Passed;
                double? mean = minute.MeanInView;
                said.Add($"counts {counts.Step} {minute.From < minute.To} {passed >= 0} {minute.MostInView >= 0} {mean is null or >= 0}");

                DetectionsDto detections = await client.DetectionsAsync(null);
                said.Add($"detections {detections.Camera} {detections.Live} {detections.Sequence > 0} {detections.Mode}");

                InfoDto info = await client.InfoAsync();
                string? modelName = info.Model?.Name;
                said.Add($"info {info.Product} {modelName is not null} {info.Image is null}");

                SettingsDto changed = await client.ChangeSettingsAsync(new SettingsChangeDto { Mode = DetectionMode.Eyes });
                said.Add($"settings {changed.Mode} {changed.Threshold > 0} {changed.Title}");
                said.Add($"settings {(await client.SettingsAsync()).Mode}");
                PrivacyMode privacy = (await client.ChangeSettingsAsync(new SettingsChangeDto { Privacy = PrivacyMode.Blur })).Privacy;
                said.Add($"privacy {privacy}");

                ReadinessDto readiness = await client.ReadinessAsync(null);
                said.Add($"ready {readiness.Status}");
                said.Add($"health {(await client.HealthAsync()).Trim()}");

                try
                {
                    await client.SnapshotAsync(1, null);
                }
                catch (ApiException<HttpValidationProblemDetails> exception)
                {
                    said.Add($"problem {exception.Result.Status} {exception.Result.Errors["width"].Single()}");
                }

                while (said[^1] != "snapshot True")
                {
                    try
                    {
                        using FileResponse snapshot = await client.SnapshotOfAsync("camera", 640, 60);
                        said.Add($"snapshot {snapshot.Stream.ReadByte() == 0xFF}");
                    }
                    catch (ApiException<ProblemDetails> exception) when (exception.StatusCode == 503)
                    {
                        // A busy machine made none in time.
                    }
                }

                try
                {
                    await client.SnapshotOfAsync("none", null, null);
                }
                catch (ApiException<ProblemDetails> exception)
                {
                    said.Add($"problem {exception.Result.Status} {exception.Result.Title}");
                }

                try
                {
                    await client.DetectAsync(new FileParameter(new MemoryStream(new byte[] { 1, 2, 3 }), "photo.jpg", "image/jpeg"));
                }
                catch (ApiException<ProblemDetails> exception)
                {
                    said.Add($"problem {exception.Result.Status} {exception.Result.Title}");
                }

                return said;
            }
        }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task A_client_generated_from_the_description_understands_the_service()
    {
        await using var service = await RunningService.StartAsync();
        var picture = await service.FrameAsync();
        var program = Compile(await GenerateAsync(await service.Client.GetStringAsync("/openapi/v1.json", Cancellation)));

        var said = await (Task<List<string>>)program.GetType("Program")!.GetMethod("RunAsync")!.Invoke(null, [service.Client, picture])!;

        Assert.Equal(
            [
                "detect 320 True True",
                "camera camera Live True True None",
                "counts Minute True True True True",
                "detections camera True True Face",
                "info FaceEdge face-detector True True",
                "settings Eyes True Face detection",
                "settings Eyes",
                "privacy Blur",
                "ready ready",
                "health alive",
                "problem 400 width 1: allowed is a whole number from 480 to 65500",
                "snapshot True",
                "problem 404 No such camera",
                "problem 422 Not a picture that this service takes",
            ],
            said);
    }

    [Fact(Timeout = 600_000)]
    public async Task Numbers_are_numbers_words_are_strings_and_bodies_are_binary()
    {
        await using var service = await RunningService.StartAsync();

        var description = await OpenApiDocument.FromJsonAsync(await service.Client.GetStringAsync("/openapi/v1.json", Cancellation), Cancellation);

        var schemas = description.Definitions;
        Assert.Equal("Integer", schemas["CameraDto"].Properties["width"].Type.ToString());
        Assert.Equal("Number", schemas["FaceDto"].Properties["x"].Type.ToString());
        Assert.Equal("String", schemas["DetectionMode"].Type.ToString());
        Assert.Empty(schemas["SettingsChangeDto"].RequiredProperties);
        var operations = description.Operations.ToArray();
        Assert.All(operations, operation => Assert.Contains("default", operation.Operation.Responses.Keys));
        Assert.All(operations.Where(operation => operation.Path.Contains("{name}", StringComparison.Ordinal)), operation => Assert.Contains("404", operation.Operation.Responses.Keys));
        var detect = operations.Single(operation => operation.Path == "/api/v1/detect").Operation;
        Assert.All(detect.RequestBody.Content.Values, body => Assert.Equal("binary", body.Schema.Format));
        Assert.Equal(["application/json", "image/jpeg"], detect.Responses["200"].Content.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(operations.Length, operations.Select(operation => operation.Operation.OperationId).Distinct().Count());
    }

    private static async Task<string> GenerateAsync(string description)
    {
        var document = await OpenApiDocument.FromJsonAsync(description, Cancellation);
        return new CSharpClientGenerator(document, new CSharpClientGeneratorSettings
        {
            ClassName = "FaceEdgeClient",
            CSharpGeneratorSettings = { Namespace = "Generated", JsonLibrary = CSharpJsonLibrary.SystemTextJson, GenerateNullableReferenceTypes = true, GenerateOptionalPropertiesAsNullable = true },
        }).GenerateFile();
    }

    private static Assembly Compile(string client)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "GeneratedClient",
            [CSharpSyntaxTree.ParseText(client, options, cancellationToken: Cancellation), CSharpSyntaxTree.ParseText(Program, options, cancellationToken: Cancellation)],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly, cancellationToken: Cancellation);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        return Assembly.Load(assembly.ToArray());
    }
}
