using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Sites.Rules;
using FaceEdge.Deploy.Sites.Templates;
using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Promotion;

/// <summary>
/// Changes what sites are rendered from, and renders them: both in one commit, with the steps of <see cref="Promotion"/> but for image and gates. All
/// that edits template, inventory or policy comes through here.
/// </summary>
internal sealed class SourceChange(GitRepository repository, TimeProvider time, IProgress<string> progress)
{
    private readonly Change _change = new(repository, time, progress);

    /// <summary>Works the edits out on the branch that sites pull, renders, and publishes.</summary>
    /// <param name="edit">What is edited, given the branch as it is; asked again when another push came first.</param>
    /// <param name="options">How the change is made.</param>
    /// <param name="cancellation">Stops it until the push.</param>
    /// <exception cref="DeployException">The edits cannot be made, or break a rule; nothing was written.</exception>
    /// <exception cref="SitesException">Template or inventory cannot be used; nothing was written.</exception>
    public Task<ChangeOutcome> RunAsync(Func<SourceState, SourceEdits> edit, ChangeOptions options, CancellationToken cancellation) =>
        _change.RunAsync((state, _) => PlanAsync(edit, options, state, cancellation), options, cancellation);

    private static async Task<ChangePlan> PlanAsync(
        Func<SourceState, SourceEdits> edit, ChangeOptions options, DesiredState state, CancellationToken cancellation)
    {
        var source = await TreeSource.ReadAsync(state.Tree, static _ => true, cancellation);
        return Plan(source, edit(SourceState.Read(state, source)), state.Policy, options);
    }

    /// <summary>Renders what the edits make of a sites folder.</summary>
    public static ChangePlan Plan(ISiteSource source, SourceEdits edits, DeliveryPolicy policy, ChangeOptions options)
    {
        var faults = new List<SourceFault>();
        var seeded = new EditedSource(new EditedSource(source, edits.Files), edits.Seeds.ToDictionary(one => one.Key, one => (byte[]?)one.Value, StringComparer.Ordinal));
        var renderer = SiteRenderer.TryRead(seeded, faults);
        var rendered = renderer?.Render([.. renderer.Inventory.Sites.Where(edits.Renders)], faults) ?? [];
        if (faults.Count > 0)
        {
            throw faults[0].ToException();
        }

        // A seed is another site's file, which has what promotion set.
        var changed = rendered.Where(file => edits.Seeds.ContainsKey(file.Path) || !file.IsCurrent).ToList();
        if (HandEdits.Find([.. changed.Where(file => !edits.Seeds.ContainsKey(file.Path))], source) is [var hand, ..])
        {
            throw DeployException.Refused($"{DesiredState.SitesFolder}/{hand.File}:{hand.Position}: {hand.Message}", hand.Remedy);
        }

        var files = new SortedDictionary<string, byte[]?>(StringComparer.Ordinal);
        foreach (var (path, bytes) in edits.Files.Concat(changed.Select(file => KeyValuePair.Create(file.Path, (byte[]?)file.Bytes))))
        {
            files[path] = bytes;
        }

        var touched = changed.Select(file => file.Site).Distinct().ToList();
        if (edits.Validates)
        {
            Validate(new EditedSource(source, files), touched, policy);
        }

        var made = files.Where(file => !(source.Read(file.Key) ?? []).AsSpan().SequenceEqual(file.Value ?? []) || source.Read(file.Key) is null != file.Value is null).ToList();
        return new ChangePlan(edits.Environment, null, null, [], touched.Count)
        {
            Topic = edits.Topic,
            Edits = new FileEdits(
                [.. made.Select(file => new FileChange($"{DesiredState.SitesFolder}/{file.Key}", file.Value))],
                [.. made.Select(file => UnifiedDiff.Format($"{DesiredState.SitesFolder}/{file.Key}", source.Read(file.Key) ?? [], file.Value ?? []))]),
            Message = made.Count == 0 ? null : new CommitMessage(edits.Subject, edits.Body(touched.Count), [.. edits.Trailers, .. options.Trailers()]),
        };
    }

    /// <summary>What breaks a rule of validate is not written.</summary>
    private static void Validate(ISiteSource source, IReadOnlyList<InventorySite> sites, DeliveryPolicy policy)
    {
        foreach (var site in sites)
        {
            var view = SiteView.Read(new Site(site.Environment, site.Name, "", site.Folder), policy, source);
            if (RuleCatalogue.SiteRules.SelectMany(rule => rule.Check(view)).FirstOrDefault(finding => finding.Severity == Severity.Error) is { } broken)
            {
                throw DeployException.Refused($"{DesiredState.SitesFolder}/{broken}", broken.Remedy);
            }
        }
    }
}

/// <summary>The sites folder that edits are worked out on.</summary>
/// <param name="State">The commit.</param>
/// <param name="Source">Its sites folder.</param>
/// <param name="Renderer">Its template and inventory.</param>
internal sealed record SourceState(DesiredState State, ISiteSource Source, SiteRenderer Renderer)
{
    /// <summary>Reads template and inventory.</summary>
    /// <exception cref="SitesException">There is no template, or they cannot be used.</exception>
    public static SourceState Read(DesiredState state, ISiteSource source) => new(state, source, SiteRenderer.Read(source));
}

/// <summary>Edits of what sites are rendered from.</summary>
/// <param name="Environment">The environment that they are about.</param>
/// <param name="Topic">What the edits are about, as in <see cref="ChangePlan.Topic"/>.</param>
/// <param name="Subject">Of the commit's message.</param>
internal sealed record SourceEdits(string Environment, string Topic, string Subject)
{
    /// <summary>Bytes by path from the sites folder; null for a file that goes.</summary>
    public IReadOnlyDictionary<string, byte[]?> Files { get; init; } = new Dictionary<string, byte[]?>();

    /// <summary>Files of other sites, by the paths of new ones, from which these get what promotion set.</summary>
    public IReadOnlyDictionary<string, byte[]> Seeds { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>Which sites are rendered.</summary>
    public Func<InventorySite, bool> Renders { get; init; } = static _ => true;

    /// <summary>Whether the sites that change must keep every rule.</summary>
    public bool Validates { get; init; }

    /// <summary>The message's text, given how many sites change.</summary>
    public Func<int, string> Body { get; init; } = static _ => "";

    public IReadOnlyList<Trailer> Trailers { get; init; } = [];
}
