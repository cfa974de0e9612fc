using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.LatencyGate.Evidence;
using FaceEdge.Deploy.Tests.Commands;

namespace FaceEdge.Deploy.Tests.Gates;

public sealed class AccuracyResultTests : IDisposable
{
    private readonly GateRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData("Passed", 0, GateVerdict.Pass)]
    [InlineData("Failed", 1, GateVerdict.Fail)]
    [InlineData("Undecided", 3, GateVerdict.Inconclusive)]
    public async Task Evaluation_becomes_evidence_of_the_candidates_commit(string decision, int status, object verdict)
    {
        Write("""
            {"report":{"model":"yunet-n","modelSha256":"00","labelsSha256":"00","inputSide":320,"pictures":9,
              "sizes":[{"size":"all","faces":9,"averagePrecision":0.91,"recallAtPrecision95":0.8}],"millisecondsPerPicture":4.5},
             "gate":{"decision":"DECISION","reason":"Why.","changes":{}}}
            """.Replace("DECISION", decision, StringComparison.Ordinal));

        var run = await Invocation.RunInAsync(_repository.Root, "gate", "--accuracy", "eval.json", "--report", "out");

        Assert.Equal(status, run.Status);
        var evidence = GateEvidenceFile.Read(Path.Combine(_repository.Root, "out", AccuracyResult.FileName));
        Assert.Equal((GateKind.Accuracy, (GateVerdict)verdict, "Why."), (evidence.Kind, evidence.Verdict, evidence.Summary));
        Assert.Equal(_repository.Head, evidence.Subject.Commit);
        Assert.Equal(0.91, evidence.Numbers["AP@0.5 all"]);
    }

    [Theory]
    [InlineData("""{"report":{"model":"m","modelSha256":"0","labelsSha256":"0","inputSide":320,"pictures":9,"sizes":[],"millisecondsPerPicture":4.5}}""", "compares with no baseline")]
    [InlineData("""{"report":{"model":"m","modelSha256":"0","labelsSha256":"0","inputSide":320,"pictures":9,"sizes":[],"millisecondsPerPicture":4.5},"gate":{"decision":"Updated","reason":"","changes":{}}}""", "decides nothing: 'Updated'")]
    [InlineData("""{"gate":{"decision":"Passed","reason":"","changes":{}}}""", "is not an evaluation")]
    [InlineData("not json", "is not an evaluation")]
    public async Task What_is_no_comparison_is_bad_input(string content, string message)
    {
        Write(content);

        var run = await Invocation.RunInAsync(_repository.Root, "gate", "--accuracy", "eval.json");

        Assert.Equal(2, run.Status);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private void Write(string content) => File.WriteAllText(Path.Combine(_repository.Root, "eval.json"), content);
}
