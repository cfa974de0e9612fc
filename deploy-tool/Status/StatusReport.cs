using System.Text.Json.Serialization;
using FaceEdge.Contracts;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Sites.Templates;

namespace FaceEdge.Deploy.Status;

/// <summary>Reads how every environment stands at a commit. The registry is asked about tags unless it is null.</summary>
internal sealed class StatusReport(RegistryClient? registry, TimeProvider time, IProgress<string> progress)
{
    private const string ModeSetting = "Detector__Mode";

    /// <param name="state">Of the commit.</param>
    /// <param name="history">Up to the commit.</param>
    /// <param name="wanted">Takes what each site is to run.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<IReadOnlyList<EnvironmentStatus>> ReadAsync(DesiredState state, PromotionHistory history, WantedImages wanted, CancellationToken cancellation)
    {
        using var tags = registry is null ? null : new TagDriftCheck(registry, time, progress, cancellation);
        var statuses = new List<EnvironmentStatus>();
        var drifts = new List<Task<TagDrift>>();
        ImageReference? before = null;
        var counting = Task.Run(() => RenderedSites.CountDifferingAsync(state, cancellation), cancellation);
        foreach (var environment in state.Policy.Environments)
        {
            var sites = await state.ReadSitesAsync(environment, ReadPart, cancellation);
            wanted.Add(environment.Name, sites.Select(site => site.Wanted));
            var (status, image) = Read(environment, sites, history);
            drifts.Add(image is null || tags is null ? Task.FromResult(TagDrift.NotAsked) : tags.AskAsync(image));
            statuses.Add(status with
            {
                Paused = history.Paused(environment.Name),
                Next = before is null || before == image ? null : before.ToString(),
                MissingGates = before is null || before == image ? [] : Missing(state, environment, before, history),
            });
            before = image;
        }

        var found = await Task.WhenAll(drifts);
        var differing = await counting;
        return [.. statuses.Zip(found, (status, drift) => status with { Drift = drift, SitesNotAsRendered = differing?.GetValueOrDefault(status.Environment) })];
    }

    private static (WantedSite Wanted, string? Mode) ReadPart(SiteManifest site) =>
        (WantedSite.Of(site), site.Manifest.ReadSettings().GetValueOrDefault(ModeSetting));

    private static (EnvironmentStatus Status, ImageReference? Image) Read(
        SiteEnvironment environment, IReadOnlyList<(WantedSite Wanted, string? Mode)> sites, PromotionHistory history)
    {
        var images = sites.GroupBy(site => site.Wanted.ImageText)
            .Select(group => new ImageCount(group.Key, group.Count()))
            .OrderByDescending(count => count.Sites)
            .ThenBy(count => count.Image, StringComparer.Ordinal)
            .ToList();
        var image = images is [var only] && ImageReference.TryParse(only.Image, out var reference) && reference.IsPinned ? reference : null;
        var latest = history.Latest(environment.Name);
        var took = image is null ? null : history.Took(environment.Name, image);
        var modes = sites.Select(site => site.Mode).OfType<string>().Where(mode => mode.Length > 0).Distinct().Order(StringComparer.Ordinal);
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
            TagDrift.NotAsked,
            IsEditedByHand(images, latest),
            null,
            []);
        return (status, image);
    }

    /// <summary>
    /// Whether a site has another image than was promoted last. Until a rollout's last wave, sites keep the image that it replaces; where
    /// it replaces several, its commits name none, and only what no site could have kept tells.
    /// </summary>
    private static bool IsEditedByHand(List<ImageCount> images, PromotionRecord? latest)
    {
        if (latest is null)
        {
            return false;
        }

        var promoted = latest.Image.ToString();
        return latest switch
        {
            { IsRolloutUnderWay: false } => images.Exists(count => count.Image != promoted),
            { Replaced: { } replaced } => images.Exists(count => count.Image != promoted && count.Image != replaced.ToString()),
            _ => images.TrueForAll(count => count.Image != promoted),
        };
    }

    private List<GateOutcome> Missing(DesiredState state, SiteEnvironment environment, ImageReference image, PromotionHistory history)
    {
        var context = new GateContext(
            image, null, environment, state.Policy.Before(environment), history, GateInputs.None, time.GetUtcNow());
        return [.. GateEvaluator.Evaluate(context).Where(gate => !gate.Open)];
    }
}

/// <summary>How one environment stands.</summary>
/// <param name="Environment">Its name.</param>
/// <param name="Sites">Sites that it has.</param>
/// <param name="Images">The images that they are to run, most sites first.</param>
/// <param name="Tag">The tag where all run one pinned image; null otherwise.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="Since">When it was promoted here; null when no promotion of it is in the history.</param>
/// <param name="Commit">The commit that did; null likewise.</param>
/// <param name="By">Who did; null likewise.</param>
/// <param name="Modes">The detection modes that the sites are set to.</param>
/// <param name="Drift">Whether the tag still names the digest.</param>
/// <param name="EditedByHand">Whether the manifests say something else than the last promotion.</param>
/// <param name="Next">The image that the environment before would hand on; null when there is none that is not here already.</param>
/// <param name="MissingGates">Gates that are still in its way.</param>
internal sealed record EnvironmentStatus(
    string Environment,
    int Sites,
    IReadOnlyList<ImageCount> Images,
    string? Tag,
    string? Digest,
    DateTimeOffset? Since,
    string? Commit,
    string? By,
    IReadOnlyList<string> Modes,
    TagDrift Drift,
    bool EditedByHand,
    string? Next,
    IReadOnlyList<GateOutcome> MissingGates)
{
    /// <summary>Sites whose files are not what template and inventory make of them; null where there is no template to tell.</summary>
    public int? SitesNotAsRendered { get; init; }

    /// <summary>What keeps every other image out of the environment until it is resumed; null where nothing is paused.</summary>
    public RolloutPause? Paused { get; init; }
}

/// <summary>How many sites are to run an image.</summary>
internal sealed record ImageCount(string Image, int Sites);

/// <summary>Whether a tag still names the digest that was promoted.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<TagDrift>))]
internal enum TagDrift
{
    /// <summary>The registry was not asked, or there is no one pinned image to ask about.</summary>
    NotAsked,

    /// <summary>It does.</summary>
    None,

    /// <summary>The tag names other content now.</summary>
    Moved,

    /// <summary>The registry does not know the tag any more.</summary>
    TagGone,

    /// <summary>The registry gave no answer.</summary>
    RegistryAway,
}

/// <summary>How many sites of a commit are not what template and inventory make of them.</summary>
internal static class RenderedSites
{
    /// <summary>Counts by environment; null where there is no template, or it cannot be used, which validate says.</summary>
    public static async Task<IReadOnlyDictionary<string, int>?> CountDifferingAsync(DesiredState state, CancellationToken cancellation)
    {
        if (!state.Tree.Paths.Contains($"{DesiredState.SitesFolder}/{ParameterFile.FilePath}"))
        {
            return null;
        }

        var faults = new List<SourceFault>();
        var renderer = SiteRenderer.TryRead(await TreeSource.ReadAsync(state.Tree, SiteTree.IsSourcePath, cancellation), faults);
        if (renderer is null)
        {
            return null;
        }

        var promoted = renderer.Template.PromotedFiles;
        var kept = await TreeSource.ReadAsync(state.Tree, path => !SiteTree.IsSourcePath(path) && promoted.Contains(Path.GetFileName(path)), cancellation);
        var differing = renderer.FindDiffering(state.Tree, kept, faults);
        return faults.Count > 0 ? null : differing.CountBy(site => site.Environment).ToDictionary(StringComparer.Ordinal);
    }
}
