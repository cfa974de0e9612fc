using FaceEdge.Contracts;
using FaceEdge.Evaluation;

namespace FaceEdge.Tests.Evaluation;

public sealed class AccuracyGateTests
{
    private readonly AccuracyBaseline _baseline = AccuracyBaseline.Empty.With(Report("tiny", all: 0.5, ten: 0.9));

    [Theory]
    [InlineData(0.5, 0.9)]
    [InlineData(0.491, 0.891)]
    [InlineData(0.6, 0.95)]
    public void A_model_that_holds_its_figures_passes(double all, double ten)
        => Assert.Equal(AccuracyDecision.Passed, AccuracyGate.Judge(Report("tiny", all, ten), _baseline).Decision);

    [Fact]
    public void A_fall_of_more_than_a_hundredth_in_any_size_fails_and_is_named()
    {
        var verdict = AccuracyGate.Judge(Report("tiny", 0.6, 0.889), _baseline);

        Assert.Equal(AccuracyDecision.Failed, verdict.Decision);
        Assert.Equal("Average precision fell by more than 0.01: 10%: 0.9000 to 0.8890.", verdict.Reason);
    }

    [Fact]
    public void Without_figures_for_the_model_it_does_not_decide()
        => Assert.Equal(AccuracyDecision.Undecided, AccuracyGate.Judge(Report("other", 0.6, 0.9), _baseline).Decision);

    [Fact]
    public void Figures_of_other_labels_are_no_comparison()
        => Assert.Equal(AccuracyDecision.Undecided, AccuracyGate.Judge(Report("tiny", 0.5, 0.9) with { LabelsSha256 = "other" }, _baseline).Decision);

    [Fact]
    public void New_figures_take_the_place_of_the_old_ones_and_survive_the_file()
    {
        var path = Path.GetTempFileName();
        try
        {
            _baseline.With(Report("other", 0.1, 0.2)).With(Report("tiny", 0.7, 0.8)).Write(path);

            var read = AccuracyBaseline.Read(path);

            Assert.Equal(["tiny", "other"], read.Entries.Select(entry => entry.Model));
            Assert.Equal(0.7, read.Find(Report("tiny", 0, 0))!.AveragePrecision["all"]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_baseline_with_an_unknown_key_is_refused_with_its_line()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "{\n  \"allowedFall\": 0.01,\n  \"entires\": []\n}");

            var refusal = Assert.Throws<EvaluationException>(() => AccuracyBaseline.Read(path));

            Assert.StartsWith($"The baseline {path} is not as it must be, line 3:", refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static EvaluationReport Report(string model, double all, double ten)
        => new(model, "model-sha", "labels-sha", 320, 10, [new("all", 20, all, 0.5), new("10%", 5, ten, 0.5)], 1.5);
}
