using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Sites.Templates;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Promotion;

/// <summary>Gives the service other settings at an environment's sites, with the steps of <see cref="Promotion"/>: no image, and so no gates.</summary>
internal sealed class Configuration(GitRepository repository, TimeProvider time, IProgress<string> progress)
{
    private readonly Change _change = new(repository, time, progress);

    /// <summary>Changes the settings.</summary>
    /// <param name="environment">Name of the environment.</param>
    /// <param name="site">Name of the one site to change; null for all of the environment.</param>
    /// <param name="changes">Checked settings.</param>
    /// <param name="options">How the change is made.</param>
    /// <param name="cancellation">Stops it until the push.</param>
    /// <exception cref="DeployException">There is no such site, or it lacks a setting.</exception>
    /// <exception cref="SitesException">A manifest cannot be edited.</exception>
    public Task<ChangeOutcome> RunAsync(
        string environment, string? site, IReadOnlyList<SettingChange> changes, ChangeOptions options, CancellationToken cancellation) =>
        _change.RunAsync((state, _) => PlanAsync(environment, site, changes, options, state, cancellation), options, cancellation);

    private static Task<ChangePlan> PlanAsync(
        string environment, string? site, IReadOnlyList<SettingChange> changes, ChangeOptions options, DesiredState state, CancellationToken cancellation) =>
        state.Tree.Paths.Contains($"{DesiredState.SitesFolder}/{ParameterFile.FilePath}")
            ? PlanInventoryAsync(environment, site, changes, options, state, cancellation)
            : PlanManifestsAsync(environment, site, changes, options, state, cancellation);

    /// <summary>Sites that are rendered have their settings in the inventory.</summary>
    private static async Task<ChangePlan> PlanInventoryAsync(
        string environment, string? site, IReadOnlyList<SettingChange> changes, ChangeOptions options, DesiredState state, CancellationToken cancellation)
    {
        var source = await TreeSource.ReadAsync(state.Tree, static _ => true, cancellation);
        var edits = SiteSettings.Set(SourceState.Read(state, source), environment, site, changes);
        return SourceChange.Plan(source, edits, state.Policy, options);
    }

    private static async Task<ChangePlan> PlanManifestsAsync(
        string environment, string? site, IReadOnlyList<SettingChange> changes, ChangeOptions options, DesiredState state, CancellationToken cancellation)
    {
        changes.ToList().ForEach(change => change.RequireSetting());
        var all = await state.ReadSitesAsync(state.Environment(environment), cancellation);
        var sites = all.Where(one => site is null || one.Name == site).ToList();
        if (sites.Count == 0)
        {
            throw UnknownName.Site(environment, site!, all.Select(one => one.Name));
        }

        var files = sites.Select(one => (Site: one, Content: Edit(one, changes))).Where(one => one.Content is not null).ToList();
        var where = site is null ? environment : $"{environment}/{site}";
        return new ChangePlan(environment, null, null, [], sites.Count)
        {
            Topic = SiteSettings.Topic(environment, site),
            Edits = new FileEdits(
                [.. files.Select(one => new FileChange(one.Site.Path, one.Content!))],
                [.. files.Select(one => UnifiedDiff.Format(one.Site.Path, one.Site.Bytes, one.Content))]),
            Message = files.Count == 0 ? null : new CommitMessage(
                SiteSettings.Subject(where, changes), SiteSettings.Body(files.Count), [.. SiteSettings.Trailers(where, changes), .. options.Trailers()]),
        };
    }

    /// <summary>The manifest with the settings; null when it has them already.</summary>
    private static byte[]? Edit(SiteManifest site, IReadOnlyList<SettingChange> changes)
    {
        var edit = site.Manifest.WithSettings(changes);
        return edit switch
        {
            { Outcome: ScalarEditOutcome.Unchanged } => null,
            { Succeeded: true } => edit.Bytes,
            { Outcome: ScalarEditOutcome.Absent } => throw DeployException.BadInput(
                $"{site.Path}: {edit.Message}", "give the ConfigMap face-detector a mapping 'data:' of its own with at least one setting, or 'data: {}'"),
            _ => throw DeployException.BadInput($"{site.Path}:{edit.Position}: {edit.Message}", "fix the manifest and commit it"),
        };
    }
}
