using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Promotion.Gating;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Promotion.Rollout;

/// <summary>
/// Plans the next wave of a rollout. What was done before is read from the manifests, so that a rollout goes on after any interruption
/// by running it again.
/// </summary>
internal sealed class RolloutPlanner(ImageCheck images, SignatureCheck signatures, TimeProvider time)
{
    /// <summary>Plans on one state of the repository.</summary>
    public async Task<RolloutPlan> PlanAsync(
        PromoteRequest request, ChangeOptions options, DesiredState state, PromotionHistory history, CancellationToken cancellation)
    {
        var target = state.Environment(request.To);
        var policy = await state.ReadRolloutAsync(target, cancellation)
            ?? throw DeployException.BadInput($"{DesiredState.RolloutPath} names no waves for {target.Name}", "add them, or use promote");
        var sites = await state.ReadSitesAsync(target, cancellation);
        var replaced = sites.Select(site => site.ImageText).Distinct().ToList();
        var source = state.Policy.Before(target);
        var from = source?.Name ?? PromotionTrailers.FromRegistry;

        var underWay = UnderWay(target, sites, history, request.Image);
        var (asked, refusal) = underWay is not null
            ? (underWay, null)
            : await PromotionOrder.ResolveAsync(state, target, request, cancellation);
        if (asked is null)
        {
            return Refused([refusal!], request.Image);
        }

        var image = await images.CheckAsync(asked, state.Policy.Image, cancellation);
        if (image.Refusals.Count > 0)
        {
            return Refused(image.Refusals, asked);
        }

        var reached = WaveSites.Assign(sites, policy.Waves, image.Image.Digest!);
        var text = image.Image.ToString();
        var waves = policy.Waves.Select((wave, i) => new WaveStatus(wave.Name, reached[i].Count, reached[i].Count(site => site.ImageText == text))).ToList();
        var current = waves.FindIndex(wave => wave.Done < wave.Sites);
        var question = new GateQuestion(image.Image, image.Revision, target, source, history, request.Answers, time.GetUtcNow());
        if (current < 0)
        {
            var nothing = new ChangePlan(
                target.Name, from, image.Image, replaced, sites.Count, new ImageChange([], []), LastWave(policy, request.SkipGates, sites, question), [], null);
            return new RolloutPlan(nothing, waves, 0, []);
        }

        var change = ImageChange.Plan(reached[current], image.Image);
        var rolledBack = RolledBackRule.Ask(state.Policy, target, image.Image, history);
        var signature = request.SkipGates || underWay is not null
            ? null
            : await signatures.AskAsync(target.Gates.Signature, image.Image, state, cancellation);
        question = question with { Answers = request.Answers with { Signature = signature } };
        var gates = Gates(policy, request.SkipGates, underWay is not null, Having(reached, current, text), question);
        IReadOnlyList<Refusal> refusals = rolledBack is null || request.AllowRolledBack ? [] : [rolledBack];
        var message = RolloutMessage.Write(
            new RolloutStep(target.Name, from, image, policy.Waves[current].Name, current + 1, policy.Waves.Count, reached[current].Count, sites.Count),
            request,
            options,
            replaced,
            gates,
            rolledBack is not null);
        var plan = new ChangePlan(target.Name, from, image.Image, replaced, change.Files.Count, change, gates, refusals, message);
        IReadOnlyList<string> toCheck = current + 1 < waves.Count ? [.. reached[current].Select(site => site.Name)] : [];
        return new RolloutPlan(plan, waves, current + 1, toCheck);

        RolloutPlan Refused(IReadOnlyList<Refusal> why, ImageReference? what) =>
            new(new ChangePlan(target.Name, from, what, replaced, sites.Count, null, [], why, null), [], 0, []);
    }

    /// <summary>The image of a rollout that has begun and not ended; null when there is none, or another image is asked for.</summary>
    private static ImageReference? UnderWay(
        SiteEnvironment target, IReadOnlyList<SiteManifest> sites, PromotionHistory history, ImageReference? asked)
    {
        if (history.Latest(target.Name) is not { } latest || latest.IsRollback || latest.Value(PromotionTrailers.RolloutWave) is null)
        {
            return null;
        }

        var image = latest.Image.ToString();
        var done = sites.Count(site => site.ImageText == image);
        return done > 0 && done < sites.Count && (asked is null || asked.ToString() == image) ? latest.Image : null;
    }

    /// <summary>The sites that have the image already.</summary>
    private static List<SiteManifest> Having(IReadOnlyList<IReadOnlyList<SiteManifest>> reached, int current, string image) =>
        [.. reached[current].Where(site => site.ImageText == image)];

    /// <summary>No wave follows the last one, so that its sites are judged when every site has the image; without their evidence nothing is asked.</summary>
    private static IReadOnlyList<GateOutcome> LastWave(RolloutPolicy policy, bool skip, IReadOnlyList<SiteManifest> sites, GateQuestion question)
    {
        var given = question.Answers.Evidence.Any(file => file.Place?.Environment == question.Target.Name);
        return given && !skip ? [WaveGate.Ask(policy, sites, question)] : [];
    }

    /// <summary>The first wave goes through the environment's gates; a later one through a freeze and the checks of the sites before it.</summary>
    private static IReadOnlyList<GateOutcome> Gates(
        RolloutPolicy policy, bool skip, bool begun, List<SiteManifest> having, GateQuestion question)
    {
        IReadOnlyList<GateOutcome> gates = begun
            ? [WaveGate.Ask(policy, having, question), .. GateKeeper.Ask(question).Where(gate => gate.Gate == GateKeeper.Freeze)]
            : GateKeeper.Ask(question);
        return skip ? GateKeeper.Skip(gates) : gates;
    }
}
