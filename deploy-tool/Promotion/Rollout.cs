using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Oci.Signatures;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Telemetry;

namespace FaceEdge.Deploy.Promotion;

/// <summary>
/// Gives the next wave of an environment's sites an image. The steps are those of <see cref="Promotion"/>, for the sites of one wave. What was
/// done before is read from the manifests, so that a rollout goes on after any interruption by running it again.
/// </summary>
internal sealed class Rollout(
    GitRepository repository, RegistryClient? registry, TelemetrySource? telemetry, TimeProvider time, IProgress<string> progress)
{
    private readonly Change _change = new(repository, time, progress);
    private readonly TelemetryGateCheck _telemetry = new(telemetry, time);
    private readonly ImageCheck _images = new(registry, progress);
    private readonly SignatureCheck _signatures = new(registry is null ? null : new SignatureVerifier(registry));

    /// <summary>Takes the next wave, or says what stands against it.</summary>
    /// <param name="request">What is rolled out.</param>
    /// <param name="pace">How fast, and how far it is judged.</param>
    /// <param name="options">How the change is made.</param>
    /// <param name="cancellation">Stops it until the push.</param>
    public Task<ChangeOutcome> RunAsync(PromoteRequest request, RolloutPace pace, ChangeOptions options, CancellationToken cancellation) =>
        _change.RunAsync((state, history) => PlanAsync(request, pace, options, state, history, cancellation), options, cancellation);

    private async Task<ChangePlan> PlanAsync(
        PromoteRequest request, RolloutPace pace, ChangeOptions options, DesiredState state, PromotionHistory history, CancellationToken cancellation)
    {
        var target = state.Environment(request.To);
        var source = state.Policy.Before(target);
        var policy = await state.ReadRolloutAsync(target, cancellation)
            ?? throw DeployException.BadInput($"{DesiredState.RolloutPath} names no waves for {target.Name}", "add them, or use promote");
        var sites = await state.ReadSitesAsync(target, cancellation);
        var at = new Standing(state, target, policy, sites, history);
        var replaced = sites.Select(site => site.ImageText).Distinct().ToList();
        var plan = new ChangePlan(target.Name, source?.Name ?? PromotionTrailers.FromRegistry, request.Image, replaced, sites.Count)
        {
            Topic = $"rollout/{target.Name}",
            Evidence = request.Inputs.Evidence,
            Rollout = at.Progress([], 0, []),
        };

        // Which image: that of the rollout under way, else the next one in order.
        var underWay = at.UnderWay(request.Image);
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
            return await EndAsync(plan with { Rollout = at.Progress(waves, 0, []) }, request, pace, options, at, context, cancellation);
        }

        // How much of it at once.
        var lacking = reached[current].Where(site => site.ImageText != text).ToList();
        var (room, roomGate) = pace.MaxUnavailablePercent is { } percent
            ? await _telemetry.RoomAsync(state, target, sites, percent, cancellation)
            : (lacking.Count, null);
        var next = WaveSites.Draw(lacking, image.Image.Digest!).Take(room).Select(site => site.Path).ToHashSet(StringComparer.Ordinal);

        // The gates of the environment for the first wave; what the sites before show for a later one, or for the rest of one.
        var rolledBack = RolledBackRule.Evaluate(state.Policy, target, image.Image, history);
        List<Refusal> refusals =
        [
            .. PauseRule.Evaluate(target, history) is { } paused ? [paused] : Array.Empty<Refusal>(),
            .. rolledBack is null || request.AllowRolledBack ? Array.Empty<Refusal>() : [rolledBack],
        ];
        if (refusals.Count > 0)
        {
            return (plan with { Rollout = at.Progress(waves, current + 1, []) }).Refused(refusals);
        }

        var gates = underWay is null
            ? await FirstGatesAsync(request, at, context, cancellation)
            : await WaveGatesAsync(request, at, [.. sites.Where(site => site.ImageText == text)], context, cancellation);
        gates = request.SkipGates ? GateEvaluator.Skip(gates) : gates;
        gates = roomGate is null ? gates : [.. gates, roomGate];

        var edits = FileEdits.Of([.. reached[current].Where(site => next.Contains(site.Path))], image.Image);
        var having = sites.Count(site => site.ImageText == text) + edits.Files.Count;
        return plan with
        {
            Sites = edits.Files.Count,
            Edits = edits,
            Gates = gates,
            Rollout = at.Progress(waves, current + 1, current + 1 < waves.Count ? reached[current] : []),
            Message = new CommitMessage(
                $"Roll {image.Image.Tag} out to {target.Name}, wave {current + 1} of {waves.Count}",
                ChangeMessage.Body(replaced, edits.Files.Count),
                [
                    new Trailer(PromotionTrailers.Image, text),
                    new Trailer(PromotionTrailers.To, target.Name),
                    new Trailer(PromotionTrailers.From, plan.From!),
                    .. ChangeMessage.Replaced([.. replaced.Where(one => one != text)]),
                    new Trailer(PromotionTrailers.RolloutWave, $"{current + 1}/{waves.Count} {waves[current].Name}"),
                    new Trailer(PromotionTrailers.RolloutSites, $"{having} of {sites.Count}"),
                    .. ChangeMessage.Gates(gates, request.Inputs),
                    .. ChangeMessage.RolledBack(rolledBack, image.Image),
                    .. options.Trailers(),
                ]),
        };
    }

    private async Task<IReadOnlyList<GateOutcome>> FirstGatesAsync(PromoteRequest request, Standing at, GateContext context, CancellationToken cancellation)
    {
        if (request.SkipGates)
        {
            return GateEvaluator.Evaluate(context);
        }

        return GateEvaluator.Evaluate(context with
        {
            Inputs = request.Inputs with
            {
                Signature = await _signatures.EvaluateAsync(at.Target.Gates.Signature, context.Image, at.State, cancellation),
                Telemetry = await _telemetry.OfSourceAsync(at.State, at.Target, context.Image, at.History, cancellation),
            },
        });
    }

    private async Task<IReadOnlyList<GateOutcome>> WaveGatesAsync(
        PromoteRequest request, Standing at, IReadOnlyList<SiteManifest> having, GateContext context, CancellationToken cancellation)
    {
        var shown = request.SkipGates
            ? null
            : await _telemetry.OfWaveAsync(at.State, at.Target, at.Policy, at.Sites, context.Image, at.History, cancellation);
        return
        [
            TelemetryRule.InPlaceOf(WaveGate.Evaluate(at.Policy, having, context), at.Policy.Telemetry, shown),
            .. shown is null ? [] : new[] { shown },
            .. GateEvaluator.Evaluate(context).Where(gate => gate.Gate == GateEvaluator.Freeze),
        ];
    }

    /// <summary>
    /// Every site has the image. No wave follows the last one, so that its sites are judged here, where evidence of them is given or somebody watches;
    /// a pass of telemetry is committed once, beside no file, so that the rollout is judged no more.
    /// </summary>
    private async Task<ChangePlan> EndAsync(
        ChangePlan plan, PromoteRequest request, RolloutPace pace, ChangeOptions options, Standing at, GateContext context, CancellationToken cancellation)
    {
        var nothing = plan with { Edits = FileEdits.None };
        if (request.SkipGates)
        {
            return nothing;
        }

        if (!pace.JudgesLastWave || at.History.Began(at.Target.Name, context.Image) is null || at.History.IsCompleted(at.Target.Name, context.Image))
        {
            var given = context.Inputs.Evidence.Any(file => file.Place?.Environment == at.Target.Name);
            return given ? nothing with { Gates = [WaveGate.Evaluate(at.Policy, at.Sites, context)] } : nothing;
        }

        if (PauseRule.Evaluate(at.Target, at.History) is { } paused)
        {
            return nothing.Refused(paused);
        }

        var gates = await WaveGatesAsync(request, at, at.Sites, context, cancellation);
        return plan with
        {
            Gates = [.. gates.Where(gate => gate.Gate != GateEvaluator.Freeze)],
            Message = new CommitMessage(
                $"Find {context.Image.Tag} good in {at.Target.Name}",
                "Every site has the image, and telemetry shows no harm.",
                [
                    new Trailer(PromotionTrailers.RolloutCompleted, PromotionTrailers.Completed(at.Target.Name, context.Image.ToString())),
                    .. ChangeMessage.Gates(gates, request.Inputs),
                    .. options.Trailers(),
                ]),
        };
    }

    /// <summary>Where the environment stands that is rolled out to.</summary>
    private sealed record Standing(DesiredState State, SiteEnvironment Target, RolloutPolicy Policy, IReadOnlyList<SiteManifest> Sites, PromotionHistory History)
    {
        public RolloutProgress Progress(IReadOnlyList<WaveStatus> waves, int wave, IReadOnlyList<SiteManifest> toCheck)
        {
            var moved = History.Latest(Target.Name)?.At;
            var letGoOn = History.LastPause(Target.Name)?.At;
            return new RolloutProgress(
                waves,
                wave,
                [.. toCheck.Select(site => site.Name)],
                letGoOn > moved ? letGoOn : moved,
                Policy.Telemetry is { } gate ? (gate, State.Policy.Telemetry.UpdateWithin) : null);
        }

        /// <summary>The image of a rollout that has begun and not ended; null when there is none, or another image is asked for.</summary>
        public ImageReference? UnderWay(ImageReference? asked)
        {
            if (History.Latest(Target.Name) is not { } latest || latest.IsRollback || latest.Value(PromotionTrailers.RolloutWave) is null)
            {
                return null;
            }

            var image = latest.Image.ToString();
            var done = Sites.Count(site => site.ImageText == image);
            return done > 0 && done < Sites.Count && (asked is null || asked.ToString() == image) ? latest.Image : null;
        }
    }
}

/// <summary>How fast a rollout goes, and how far it is judged.</summary>
/// <param name="MaxUnavailablePercent">Share of the environment's sites that may be unavailable at once, 1 to 100; null for whole waves.</param>
/// <param name="JudgesLastWave">Whether the last wave is judged by telemetry, too.</param>
internal sealed record RolloutPace(int? MaxUnavailablePercent = null, bool JudgesLastWave = false);
