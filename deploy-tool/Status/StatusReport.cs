using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Promotion.Gating;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Promotion;

/// <summary>Reads how every environment stands at a commit. The registry is asked about tags unless it is null.</summary>
internal sealed class StatusReport(RegistryClient? registry, TimeProvider time, IProgress<string> progress)
{
    private const string ModeSetting = "Detector__Mode";

    public async Task<IReadOnlyList<EnvironmentStatus>> ReadAsync(DesiredState state, PromotionHistory history, CancellationToken cancellation)
    {
        var statuses = new List<EnvironmentStatus>();
        ImageReference? before = null;
        foreach (var environment in state.Policy.Environments)
        {
            var sites = await state.ReadSitesAsync(environment, cancellation);
            var (status, image) = await ReadAsync(environment, sites, history, cancellation);
            statuses.Add(status with
            {
                Next = before is null || before == image ? null : before.ToString(),
                MissingGates = before is null || before == image ? [] : Missing(state, environment, before, history),
            });
            before = image;
        }

        return statuses;
    }

    private async Task<(EnvironmentStatus Status, ImageReference? Image)> ReadAsync(
        SiteEnvironment environment, IReadOnlyList<SiteManifest> sites, PromotionHistory history, CancellationToken cancellation)
    {
        var images = sites.GroupBy(site => site.ImageText)
            .Select(group => new ImageCount(group.Key, group.Count()))
            .OrderByDescending(count => count.Sites)
            .ThenBy(count => count.Image, StringComparer.Ordinal)
            .ToList();
        var image = images is [var only] && ImageReference.TryParse(only.Image, out var reference) && reference.IsPinned ? reference : null;
        var latest = history.Latest(environment.Name);
        var took = image is null ? null : history.Took(environment.Name, image);
        var modes = sites.Select(site => site.Manifest.ReadSettings().GetValueOrDefault(ModeSetting)).OfType<string>().Where(mode => mode.Length > 0).Distinct().Order(StringComparer.Ordinal);
        var status = new EnvironmentStatus(
            environment.Name,
            sites.Count,
            images,
            image?.Tag,
            image?.Digest,
            took?.At,
            took?.Commit,
            took?.By,
            [.. modes],
            await DriftAsync(image, cancellation),
            latest is not null && images.TrueForAll(count => count.Image != latest.Image.ToString()),
            null,
            []);
        return (status, image);
    }

    private List<GateOutcome> Missing(DesiredState state, SiteEnvironment environment, ImageReference image, PromotionHistory history)
    {
        var question = new GateQuestion(
            image, null, environment, state.Policy.Before(environment), history, GateAnswers.None, time.GetUtcNow());
        return [.. GateKeeper.Ask(question).Where(gate => !gate.Open)];
    }

    private async Task<TagDrift> DriftAsync(ImageReference? image, CancellationToken cancellation)
    {
        if (registry is null || image is null)
        {
            return TagDrift.NotAsked;
        }

        try
        {
            progress.Report($"asking {image.Registry} for {image.Repository}:{image.Tag}");
            var manifest = await registry.GetManifestAsync(image, image.Tag!, cancellation);
            return manifest switch
            {
                null => TagDrift.TagGone,
                _ => Digest.Sha256(manifest.Content.Span).ToString() == image.Digest ? TagDrift.None : TagDrift.Moved,
            };
        }
        catch (RegistryException exception) when (exception.IsUnavailable)
        {
            progress.Report(exception.Message);
            return TagDrift.RegistryAway;
        }
    }
}
