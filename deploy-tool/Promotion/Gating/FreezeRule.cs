namespace FaceEdge.Deploy.Promotion.Gating;

/// <summary>Nothing goes in during a freeze, unless for a reason that is recorded.</summary>
internal static class FreezeRule
{
    public static GateOutcome Ask(GateQuestion question)
    {
        var frozen = question.Target.Gates.Freezes
            .Select(freeze => (freeze.Name, Until: freeze.FrozenUntil(question.Now)))
            .Where(freeze => freeze.Until is not null)
            .OrderBy(freeze => freeze.Until)
            .LastOrDefault();
        if (frozen.Until is not { } until)
        {
            return new GateOutcome(GateKeeper.Freeze, GateState.Passed, "no freeze now");
        }

        var summary = $"freeze '{frozen.Name}' until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC";
        return question.Answers.FreezeOverride is { } reason
            ? new GateOutcome(GateKeeper.Freeze, GateState.Overridden, $"{summary}: {reason}")
            : new GateOutcome(GateKeeper.Freeze, GateState.Failed, summary, "wait, or for a hotfix give --override-freeze REASON");
    }
}
