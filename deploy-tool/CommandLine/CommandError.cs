using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace FaceEdge.Deploy.CommandLine;

/// <summary>The JSON answer of a command that could not give its own.</summary>
internal sealed record CommandError(string Error, string Remedy, [property: JsonIgnore] ExitCode ExitCode) : ICommandResult
{
    [JsonPropertyName("exitCode")]
    public int Status => (int)ExitCode;

    JsonTypeInfo ICommandResult.JsonType => FrameJson.Default.CommandError;

    void ICommandResult.Render(IAnsiConsole console) => console.WriteLine($"{Error}: {Remedy}");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CommandError))]
internal sealed partial class FrameJson : JsonSerializerContext;
