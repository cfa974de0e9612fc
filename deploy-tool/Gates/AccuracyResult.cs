using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.LatencyGate.Evidence;
using Spectre.Console;

namespace FaceEdge.Deploy.Gates;

/// <summary>The accuracy gate's answer as evidence about a candidate: eval knows the model, the candidate's commit comes from here.</summary>
internal sealed record AccuracyReport(
    GateSubject Subject,
    GateVerdict Verdict,
    string Summary,
    IReadOnlyDictionary<string, double> Numbers,
    DateTimeOffset MeasuredAt,
    string Model,
    string ModelSha256)
    : GateEvidence(GateKind.Accuracy, Subject, Verdict, Summary, Numbers, MeasuredAt), ICommandResult
{
    public const string FileName = "accuracy-gate.json";

    ExitCode ICommandResult.ExitCode => Verdict.ToExitCode();

    JsonTypeInfo ICommandResult.JsonType => AccuracyJson.Default.AccuracyReport;

    /// <param name="path">What <c>face-detector eval --baseline … --json</c> wrote.</param>
    /// <param name="subject">The candidate whose build ran it.</param>
    /// <param name="measuredAt">When it ran.</param>
    /// <exception cref="DeployException">The file is no such answer, or compares with no baseline; exit code 2.</exception>
    public static AccuracyReport Read(string path, GateSubject subject, DateTimeOffset measuredAt)
    {
        const string Remedy = "give what face-detector eval --baseline FILE --json wrote";
        EvalAnswer? answer;
        try
        {
            answer = JsonSerializer.Deserialize(File.ReadAllBytes(path), AccuracyJson.Default.EvalAnswer);
        }
        catch (JsonException exception)
        {
            throw DeployException.BadInput($"{path} is not an evaluation: {exception.Message}", Remedy, exception);
        }

        var verdict = answer?.Gate?.Decision switch
        {
            "Passed" => GateVerdict.Pass,
            "Failed" => GateVerdict.Fail,
            "Undecided" => GateVerdict.Inconclusive,
            null => throw DeployException.BadInput($"{path} compares with no baseline", Remedy),
            var other => throw DeployException.BadInput($"{path} decides nothing: '{other}'", Remedy),
        };
        if (answer.Report.Sizes.Any(size => size is null) || answer.Report.Sizes.DistinctBy(size => size.Size).Count() < answer.Report.Sizes.Count)
        {
            throw DeployException.BadInput($"{path} names a size twice, or none", Remedy);
        }

        var numbers = answer.Report.Sizes.ToDictionary(size => $"AP@0.5 {size.Size}", size => size.AveragePrecision);
        return new(subject, verdict, answer.Gate.Reason, numbers, measuredAt, answer.Report.Model, answer.Report.ModelSha256);
    }

    /// <summary>Writes the evidence into a folder, whole or not at all.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.Write(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, AccuracyJson.Default.AccuracyReport));
    }

    void ICommandResult.Render(IAnsiConsole console)
    {
        console.WriteLine(Summary);
        console.WriteLine($"accuracy gate: {Verdict.ToString().ToLowerInvariant()}");
    }
}

/// <summary>The part of <c>face-detector eval --json</c> that evidence is made of.</summary>
/// <param name="Report">The figures.</param>
/// <param name="Gate">The comparison with a baseline; null when none was given.</param>
internal sealed record EvalAnswer(EvalReport Report, EvalGate? Gate = null);

/// <summary>How well a model finds the faces of a labelled set.</summary>
internal sealed record EvalReport(string Model, string ModelSha256, IReadOnlyList<EvalSize> Sizes);

/// <summary>What eval decided, in its own words.</summary>
internal sealed record EvalGate(string Decision, string Reason);

/// <summary>Average precision over the faces of one range of sizes.</summary>
internal sealed record EvalSize(string Size, double AveragePrecision);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true)]
[JsonSerializable(typeof(AccuracyReport))]
[JsonSerializable(typeof(EvalAnswer))]
internal sealed partial class AccuracyJson : JsonSerializerContext;
