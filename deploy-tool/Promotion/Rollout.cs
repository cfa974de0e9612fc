using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Oci.Signatures;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Promotion;

/// <summary>
/// Gives the next wave of an environment's sites an image. The steps are those of <see cref="Promotion"/>, for the sites of one wave. What was
/// done before is read from the manifests, so that a rollout goes on after any interruption by running it again.
/// </summary>
internal sealed class Rollout(GitRepository repository, RegistryClient? registry, TimeProvider time, IProgress<string> progress)
{
    private readonly ImageCheck _images = new(registry, progress);
    private readonly SignatureCheck _signatures = new(registry is null ? null : new SignatureVerifier(registry));

    /// <summary>Takes the next wave, or says what stands against it.</summary>
    public async Task<ChangeOutcome> RunAsync(PromoteRequest request, ChangeOptions options, CancellationToken cancellation)
    {
        using var change = await Change.BeginAsync(repository, options, time, progress, cancellation);
        while (true)
        {
            var (state, history) = await change.ReadAsync(cancellation);
            var plan = await PlanAsync(request, options, state, history, cancellation);
            if (await change.TryPublishAsync(plan, state, cancellation))
            {
                return change.Outcome;
            }
        }
    }

    private async Task<ChangePlan> PlanAsync(
        PromoteRequest request, ChangeOptions options, DesiredState state, PromotionHistory history, CancellationToken cancellation)
    {
        var target = state.Environment(request.To);
        var source = state.Policy.Before(target);
        var policy = await state.ReadRolloutAsync(target, cancellation)
            ?? throw DeployException.BadInput($"{DesiredState.RolloutPath} names no waves for {target.Name}", "add them, or use promote");
        var sites = await state.ReadSitesAsync(target, cancellation);
        var replaced = sites.Select(site => site.ImageText).Distinct().ToList();
        var plan = new ChangePlan(target.Name, source?.Name ?? PromotionTrailers.FromRegistry, request.Image, replaced, sites.Count)
        {
            Rollout = new RolloutProgress([], 0, []),
        };

        // Which image: that of the rollout under way, else the next one in order.
        var underWay = UnderWay(target, sites, history, request.Image);
        var (asked, outOfOrder) = underWay is not null ? (underWay, null) : await PromotionOrder.ResolveAsync(state, target, request, cancellation);
        if (asked is null)
        {
            return plan.Refused(outOfOrder!);
        }

        var image = await _images.CheckAsync(asked, state.Policy.Image, cancellation);
        if (image.Refusals.Count > 0)
        {
            return (plan with { Image = asked }).Refused(image.Refusals);
        }

        // Which wave: the first that lacks sites.
        plan = plan with { Image = image.Image };
        var text = image.Image.ToString();
        var reached = WaveSites.Assign(sites, policy.Waves, image.Image.Digest!);
        var waves = policy.Waves.Select((wave, i) => new WaveStatus(wave.Name, reached[i].Count, reached[i].Count(site => site.ImageText == text))).ToList();
        var current = waves.FindIndex(wave => wave.Done < wave.Sites);
        var context = new GateContext(image.Image, image.Revision, target, source, history, request.Inputs, time.GetUtcNow());
        if (current < 0)
        {
            return plan with
            {
                Edits = FileEdits.None,
                Gates = LastWave(policy, request.SkipGates, sites, context),
                Rollout = new RolloutProgress(waves, 0, []),
            };
        }

        // The gates of the environment for the first wave; the checks of the sites before for a later one.
        var rolledBack = RolledBackRule.Evaluate(state.Policy, target, image.Image, history);
        var signature = request.SkipGates || underWay is not null
            ? null
            : await _signatures.EvaluateAsync(target.Gates.Signature, image.Image, state, cancellation);
        context = context with { Inputs = request.Inputs with { Signature = signature } };
        var having = reached[current].Where(site => site.ImageText == text).ToList();
        var gates = underWay is null
            ? GateEvaluator.Evaluate(context)
            : [WaveGate.Evaluate(policy, having, context), .. GateEvaluator.Evaluate(context).Where(gate => gate.Gate == GateEvaluator.Freeze)];
        gates = request.SkipGates ? GateEvaluator.Skip(gates) : gates;

        var edits = FileEdits.Of(reached[current], image.Image);
        return plan with
        {
            Sites = edits.Files.Count,
            Edits = edits,
            Gates = gates,
            Refusals = rolledBack is null || request.AllowRolledBack ? [] : [rolledBack],
            Rollout = new RolloutProgress(waves, current + 1, current + 1 < waves.Count ? [.. reached[current].Select(site => site.Name)] : []),
            Message = CommitMessage.Format(
                $"Roll {image.Image.Tag} out to {target.Name}, wave {current + 1} of {waves.Count}",
                ChangeMessage.Body(replaced, reached[current].Count),
                [
                    new Trailer(PromotionTrailers.Image, text),
                    new Trailer(PromotionTrailers.To, target.Name),
                    new Trailer(PromotionTrailers.From, plan.From!),
                    .. ChangeMessage.Replaced([.. replaced.Where(one => one != text)]),
                    new Trailer(PromotionTrailers.RolloutWave, $"{current + 1}/{waves.Count} {waves[current].Name}"),
                    new Trailer(PromotionTrailers.RolloutSites, $"{reached[current].Count} of {sites.Count}"),
                    .. ChangeMessage.Gates(gates, request.Inputs),
                    .. ChangeMessage.RolledBack(rolledBack, image.Image),
                    .. options.Trailers(),
                ]),
        };
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

    /// <summary>No wave follows the last one, so that its sites are judged when every site has the image; without their evidence nothing is asked.</summary>
    private static IReadOnlyList<GateOutcome> LastWave(RolloutPolicy policy, bool skip, IReadOnlyList<SiteManifest> sites, GateContext context)
    {
        var given = context.Inputs.Evidence.Any(file => file.Place?.Environment == context.Target.Name);
        return given && !skip ? [WaveGate.Evaluate(policy, sites, context)] : [];
    }
}
