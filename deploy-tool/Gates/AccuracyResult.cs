using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.LatencyGate.Evidence;
using Spectre.Console;

namespace FaceEdge.Deploy.Gates;

/// <summary>The accuracy gate's result as evidence about a candidate: eval knows the model, the candidate's commit comes from here.</summary>
internal sealed record AccuracyResult(
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

    JsonTypeInfo ICommandResult.JsonType => DeployToolJson.Default.AccuracyResult;

    /// <param name="path">What <c>face-detector eval --baseline … --json</c> wrote.</param>
    /// <param name="subject">The candidate whose build ran it.</param>
    /// <param name="measuredAt">When it ran.</param>
    /// <exception cref="DeployException">The file is no such result, or compares with no baseline; exit code 2.</exception>
    public static AccuracyResult Read(string path, GateSubject subject, DateTimeOffset measuredAt)
    {
        const string Remedy = "give what face-detector eval --baseline FILE --json wrote";
        EvaluationResult evaluation;
        try
        {
            evaluation = EvaluationResult.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException exception)
        {
            throw DeployException.BadInput($"{path} is not an evaluation: {exception.Message}", Remedy, exception);
        }

        var verdict = evaluation.Gate?.Decision switch
        {
            AccuracyDecision.Passed => GateVerdict.Pass,
            AccuracyDecision.Failed => GateVerdict.Fail,
            AccuracyDecision.Undecided => GateVerdict.Inconclusive,
            null => throw DeployException.BadInput($"{path} compares with no baseline", Remedy),
            var other => throw DeployException.BadInput($"{path} decides nothing: '{other}'", Remedy),
        };
        if (evaluation.Report.Sizes.Any(size => size is null) || evaluation.Report.Sizes.DistinctBy(size => size.Size).Count() < evaluation.Report.Sizes.Count)
        {
            throw DeployException.BadInput($"{path} names a size twice, or none", Remedy);
        }

        var numbers = evaluation.Report.Sizes.ToDictionary(size => $"AP@0.5 {size.Size}", size => size.AveragePrecision);
        return new(subject, verdict, evaluation.Gate.Reason, numbers, measuredAt, evaluation.Report.Model, evaluation.Report.ModelSha256);
    }

    /// <summary>Writes the evidence into a folder, whole or not at all.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.Write(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, DeployToolJson.Indented.AccuracyResult));
    }

    void ICommandResult.Render(IAnsiConsole console)
    {
        console.WriteLine(Summary);
        console.WriteLine($"accuracy gate: {Verdict.ToString().ToLowerInvariant()}");
    }
}
