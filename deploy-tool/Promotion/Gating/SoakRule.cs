namespace FaceEdge.Deploy.Promotion.Gating;

/// <summary>The environment before must have had the image for a while.</summary>
internal static class SoakRule
{
    public static GateOutcome Ask(TimeSpan asked, GateQuestion question)
    {
        var source = question.Source!.Name;
        if (question.History.Took(source, question.Image) is not { } took)
        {
            return new GateOutcome(
                GateKeeper.Soak, GateState.Missing, $"no promotion of this image to {source} is in the history", $"promote it to {source} with deploy-tool first");
        }

        var soaked = question.Now - took.At;
        var summary = $"{Spans.Text(soaked)} in {source} since {took.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {Spans.Text(asked)} asked for";
        return soaked >= asked
            ? new GateOutcome(GateKeeper.Soak, GateState.Passed, summary)
            : new GateOutcome(GateKeeper.Soak, GateState.Missing, summary, $"wait {Spans.Text(asked - soaked)}");
    }
}
