using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Promotion.Gating;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Promotion;

/// <summary>Plans a promotion: order, image, rolled-back images, gates, and then the edits.</summary>
internal sealed class Promoter(ImageCheck images, SignatureCheck signatures, TimeProvider time)
{
    /// <summary>Plans on one state of the repository.</summary>
    public async Task<ChangePlan> PlanAsync(
        PromoteRequest request, ChangeOptions options, DesiredState state, PromotionHistory history, CancellationToken cancellation)
    {
        var target = state.Environment(request.To);
        var sites = await state.ReadSitesAsync(target, cancellation);
        var source = state.Policy.Before(target);
        var from = source?.Name ?? PromotionTrailers.FromRegistry;
        var replaced = sites.Select(site => site.ImageText).Distinct().ToList();
        var (asked, refusal) = await PromotionOrder.ResolveAsync(state, target, request, cancellation);
        if (asked is null)
        {
            return new ChangePlan(target.Name, from, request.Image, replaced, sites.Count, null, [], [refusal!], null);
        }

        if (sites.Count > 1 && await state.ReadRolloutAsync(target, cancellation) is not null)
        {
            var staged = new Refusal("staged", $"{DesiredState.RolloutPath} takes {target.Name} in waves", $"deploy-tool rollout --env {target.Name}");
            return new ChangePlan(target.Name, from, asked, replaced, sites.Count, null, [], [staged], null);
        }

        var image = await images.CheckAsync(asked, state.Policy.Image, cancellation);
        if (image.Refusals.Count > 0)
        {
            return new ChangePlan(target.Name, from, image.Image, replaced, sites.Count, null, [], image.Refusals, null);
        }

        var change = ImageChange.Plan(sites, image.Image);
        if (change.Files.Count == 0)
        {
            return new ChangePlan(target.Name, from, image.Image, replaced, sites.Count, change, [], [], null);
        }

        var rolledBack = RolledBackRule.Ask(state.Policy, target, image.Image, history);
        var signature = request.SkipGates ? null : await signatures.AskAsync(target.Gates.Signature, image.Image, state, cancellation);
        var answers = request.Answers with { Signature = signature };
        var question = new GateQuestion(image.Image, image.Revision, target, source, history, answers, time.GetUtcNow());
        var gates = GateKeeper.Ask(question);
        if (request.SkipGates)
        {
            gates = GateKeeper.Skip(gates);
        }

        IReadOnlyList<Refusal> refusals = rolledBack is null || request.AllowRolledBack ? [] : [rolledBack];
        var message = Message(request, options, image, target.Name, from, replaced, sites.Count, gates, rolledBack is not null);
        return new ChangePlan(target.Name, from, image.Image, replaced, sites.Count, change, gates, refusals, message);
    }

    private static string Message(
        PromoteRequest request,
        ChangeOptions options,
        CheckedImage image,
        string target,
        string from,
        List<string> replaced,
        int sites,
        IReadOnlyList<GateOutcome> gates,
        bool wasRolledBack)
    {
        var trailers = new List<Trailer>
        {
            new(PromotionTrailers.Image, image.Image.ToString()),
            new(PromotionTrailers.To, target),
            new(PromotionTrailers.From, from),
        };
        trailers.AddRange(MessageBody.Replaced(replaced));
        if (image.Revision is { } revision)
        {
            trailers.Add(new Trailer(PromotionTrailers.SourceCommit, revision));
        }

        trailers.AddRange(GateTrailers.Of(gates, request.Answers));
        if (wasRolledBack)
        {
            trailers.Add(new Trailer(PromotionTrailers.AllowedRolledBack, image.Image.Digest!));
        }

        trailers.AddRange(options.Trailers());
        return CommitMessage.Format(
            $"Promote {image.Image.Tag} to {target}", MessageBody.Write(replaced, sites), trailers);
    }
}
