using FaceEdge.Contracts;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Oci.Signatures;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Telemetry;

namespace FaceEdge.Deploy.Promotion;

/// <summary>
/// Gives an environment the image that the one before it runs, or the first one a new image: one commit on the branch that sites pull.
/// Its own part is the plan, which <see cref="PlanAsync"/> tells from top to bottom; the other steps are in <see cref="Change"/>.
/// </summary>
/// <remarks>
/// <code>
///  1  begin      alone in this clone; what a killed run left is set right; no tracked file differs
///        │
///  2  read       fetch the branch that sites pull: its policy, its manifests, and its history from the commits' trailers
///        │                                                                                              ◄──────────┐
///  3  plan       a  which image            what the environment before runs, or what the first one is given        │
///                b  is it what it says     repository, index, platforms, digest, as the registry has them          │
///                c  the edits              the scalars that name the image, every other byte stays                 │
///                d  may it come again      a rollback sticks                                                       │
///                e  the gates              signature, evidence, telemetry, soak, freeze, …                         │
///                f  the message            trailers that the next promotions read                                  │
///        │       A no at any of these: nothing is written.                                                         │
///  4  publish    commit beside the work tree; look for what is in the clone's way; push ── another came first ─────┘
///        │       Where asked, it waits in a pull request instead: PullRequestDestination.
///  5  end        The remote has it. Branch, files and index of the clone follow; what keeps them back is a note.
/// </code>
/// </remarks>
internal sealed class Promotion(
    GitRepository repository, RegistryClient? registry, TelemetrySource? telemetry, TimeProvider time, IProgress<string> progress)
{
    private readonly Change _change = new(repository, time, progress);
    private readonly TelemetryGateCheck _telemetry = new(telemetry, time);
    private readonly ImageCheck _images = new(registry, progress);
    private readonly SignatureCheck _signatures = new(registry is null ? null : new SignatureVerifier(registry));

    /// <summary>Promotes, or says what stands against it.</summary>
    /// <exception cref="GitException">The clone or the remote cannot be used; nothing was written.</exception>
    /// <exception cref="SitesException">A file of the sites folder cannot be used; nothing was written.</exception>
    /// <exception cref="RegistryException">The registry gave no usable answer; nothing was written.</exception>
    public Task<ChangeOutcome> RunAsync(PromoteRequest request, ChangeOptions options, CancellationToken cancellation) =>
        _change.RunAsync((state, history) => PlanAsync(request, options, state, history, cancellation), options, cancellation);

    private async Task<ChangePlan> PlanAsync(
        PromoteRequest request, ChangeOptions options, DesiredState state, PromotionHistory history, CancellationToken cancellation)
    {
        var target = state.Environment(request.To);
        var source = state.Policy.Before(target);
        var sites = await state.ReadSitesAsync(target, cancellation);
        var replaced = sites.Select(site => site.ImageText).Distinct().ToList();
        var plan = new ChangePlan(target.Name, source?.Name ?? PromotionTrailers.FromRegistry, request.Image, replaced, sites.Count)
        {
            Topic = $"promote/{target.Name}",
            Evidence = request.Inputs.Evidence,
        };

        // a. Which image.
        var (asked, outOfOrder) = await PromotionOrder.ResolveAsync(state, target, request, cancellation);
        if (asked is null)
        {
            return plan.Refused(outOfOrder!);
        }

        if (sites.Count > 1 && await state.ReadRolloutAsync(target, cancellation) is not null)
        {
            return (plan with { Image = asked }).Refused(
                new Refusal("staged", $"{DesiredState.RolloutPath} takes {target.Name} in waves", $"deploy-tool rollout --env {target.Name}"));
        }

        // b. Is it what it says. The registry is asked once, however often the plan is made.
        var image = await _images.CheckAsync(asked, state.Policy.Image, cancellation);
        plan = plan with { Image = image.Image };
        if (image.Refusals.Count > 0)
        {
            return plan.Refused(image.Refusals);
        }

        // c. The edits. Without any, no gate has anything to say.
        plan = plan with { Edits = FileEdits.Of(sites, image.Image) };
        if (plan.IsNothingToDo)
        {
            return plan;
        }

        // d. May it come again, and may anything come now.
        var rolledBack = RolledBackRule.Evaluate(state.Policy, target, image.Image, history);
        if (PauseRule.Evaluate(target, history) is { } paused)
        {
            return plan.Refused(paused);
        }

        // e. The gates.
        var signature = request.SkipGates ? null : await _signatures.EvaluateAsync(target.Gates.Signature, image.Image, state, cancellation);
        var shown = request.SkipGates ? null : await _telemetry.OfSourceAsync(state, target, image.Image, history, cancellation);
        var inputs = request.Inputs with { Signature = signature, Telemetry = shown };
        var gates = GateEvaluator.Evaluate(new GateContext(image.Image, image.Revision, target, source, history, inputs, time.GetUtcNow()));
        gates = request.SkipGates ? GateEvaluator.Skip(gates) : gates;

        // f. The message.
        return plan with
        {
            Gates = gates,
            Refusals = rolledBack is null || request.AllowRolledBack ? [] : [rolledBack],
            Message = new CommitMessage(
                $"Promote {image.Image.Tag} to {target.Name}",
                ChangeMessage.Body(replaced, sites.Count),
                [
                    new Trailer(PromotionTrailers.Image, image.Image.ToString()),
                    new Trailer(PromotionTrailers.To, target.Name),
                    new Trailer(PromotionTrailers.From, plan.From!),
                    .. ChangeMessage.Replaced(replaced),
                    .. image.Revision is { } revision ? [new Trailer(PromotionTrailers.SourceCommit, revision)] : Array.Empty<Trailer>(),
                    .. ChangeMessage.Gates(gates, request.Inputs),
                    .. ChangeMessage.RolledBack(rolledBack, image.Image),
                    .. options.Trailers(),
                ]),
        };
    }
}

/// <summary>What <c>promote</c> and <c>rollout</c> are asked for.</summary>
/// <param name="To">The environment to promote into.</param>
/// <param name="From">The environment to promote out of; null when it was not named.</param>
/// <param name="Image">The image to promote; null when it is the one that the environment before runs.</param>
/// <param name="Inputs">What is brought for the gates.</param>
/// <param name="SkipGates">Whether the gates are skipped, which is recorded.</param>
/// <param name="AllowRolledBack">Whether an image that was rolled back may come again, which is recorded.</param>
internal sealed record PromoteRequest(
    string To, string? From, ImageReference? Image, GateInputs Inputs, bool SkipGates, bool AllowRolledBack);
