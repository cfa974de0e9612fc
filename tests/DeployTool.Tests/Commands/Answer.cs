using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.Deploy.CommandLine;
using Spectre.Console;

namespace FaceEdge.Deploy.Tests.Commands;

/// <summary>A result with nothing in it but a text and its verdict.</summary>
internal sealed record Answer(string Text, [property: JsonIgnore] ExitCode Verdict) : ICommandResult
{
    ExitCode ICommandResult.ExitCode => Verdict;

    JsonTypeInfo ICommandResult.JsonType => AnswerJson.Default.Answer;

    void ICommandResult.Render(IAnsiConsole console) => console.WriteLine($"answer: {Text}");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Answer))]
internal sealed partial class AnswerJson : JsonSerializerContext;
