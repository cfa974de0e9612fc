using System.Globalization;
using FaceEdge.Contracts;

namespace FaceEdge.Evaluation;

/// <summary>Says no when a model places the eyes of faces worse than a limit.</summary>
internal static class EyeErrorGate
{
    /// <param name="report">Of labels with landmarks.</param>
    /// <param name="limit">The largest normalised mean error allowed on the faces of <see cref="EyeErrorTally.Gated"/>.</param>
    public static AccuracyVerdict Judge(EvaluationReport report, double limit)
    {
        if (report.Eyes is null)
        {
            return Verdict(AccuracyDecision.Undecided, "The labels carry no landmarks to judge the eyes by.");
        }

        if (report.Eyes.FirstOrDefault(eyes => eyes.Faces == EyeErrorTally.Gated) is not { } judged)
        {
            return Verdict(AccuracyDecision.Undecided, $"No face of {EyeErrorTally.Gated} was found to judge the eyes by.");
        }

        var error = string.Create(CultureInfo.InvariantCulture, $"The eyes of faces of {judged.Faces} are off by {judged.Mean:0.0%} of the distance between them");
        return judged.Mean <= limit
            ? Verdict(AccuracyDecision.Passed, string.Create(CultureInfo.InvariantCulture, $"{error}, within {limit:0.0%}."))
            : Verdict(AccuracyDecision.Failed, string.Create(CultureInfo.InvariantCulture, $"{error}, more than {limit:0.0%}."));
    }

    private static AccuracyVerdict Verdict(AccuracyDecision decision, string reason) => new(decision, reason, new Dictionary<string, double>());
}
