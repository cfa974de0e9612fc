using System.CommandLine;
using FaceEdge.CommandLine;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Promotion;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Sites.Templates;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>render</c>: the sites' files out of template and inventory; with <c>--adopt</c> the other way round.</summary>
internal static class RenderCommand
{
    public static Command Create()
    {
        var environment = EnvironmentOption.Create("--env", "Render the sites of this environment alone.");
        var site = new Option<string>("--site") { Description = "Render this one site of it.", HelpName = "NAME" };
        var check = new Option<bool>("--check") { Description = "Write nothing; exit with 1 when a file is not as template and inventory make it." };
        var adopt = new Option<bool>("--adopt") { Description = "Take what the sites' files say into the inventory; without a template, make one of them." };
        var commit = new Option<bool>("--commit") { Description = "Commit the work tree's template and inventory, with every file rendered from them, and push." };
        var command = new Command("render", "Write the sites' files out of template and inventory.") { environment, site, check, adopt, commit };
        ChangeOptionsReader.AddCommitOptionsTo(command);
        command.AddRule(result =>
        {
            if (result.GetValue(site) is not null && result.GetValue(environment) is null)
            {
                result.AddError("--site needs --env");
            }

            var commits = result.GetValue(commit) || result.GetValue<bool>(ChangeOptionsReader.PullRequest);
            if (new[] { result.GetValue(check), result.GetValue(adopt), commits }.Count(given => given) > 1)
            {
                result.AddError($"--check, --adopt and --commit or {ChangeOptionsReader.PullRequest} exclude each other");
            }

            if (commits && result.GetValue(environment) is not null)
            {
                result.AddError($"--commit and {ChangeOptionsReader.PullRequest} take every site");
            }
        });
        return command.Runs(async (run, cancellation) =>
        {
            await SitesFolder.RequireSourcesAsync(SitesFolder.Find(run), cancellation);
            var which = new SiteChoice(run.Options.GetValue(environment), run.Options.GetValue(site));
            var isDryRun = ChangeOptionsReader.Read(run).DryRun;
            return run.Options.GetValue(commit) || ChangeOptionsReader.IsProposed(run) ? await CommitAsync(run, cancellation)
                : run.Options.GetValue(adopt) ? Adopt(run, which, isDryRun ? RenderEnd.DryRun : RenderEnd.Written)
                : await RenderAsync(run, which, run.Options.GetValue(check) ? RenderEnd.Checked : isDryRun ? RenderEnd.DryRun : RenderEnd.Written, cancellation);
        });
    }

    private static async Task<ICommandResult> RenderAsync(CommandRun run, SiteChoice which, RenderEnd end, CancellationToken cancellation)
    {
        var files = ReadFiles(run, which, isWritten: end != RenderEnd.Checked, out var tree, out var sites);
        var changed = files.Where(file => !file.IsCurrent).ToList();
        if (end != RenderEnd.Checked && changed.Exists(file => file.Before is not null))
        {
            RequireNoHandEdits(changed, await CommittedAsync(run, cancellation));
        }

        if (end == RenderEnd.Written)
        {
            Write(tree, [.. changed.Select(file => (file.Path, file.Bytes))]);
        }

        return new RenderResult(end, sites.Count, files.Count, [.. changed.Select(file => $"{SitesFolder.Name}/{file.Path}")], [.. changed.Select(file => Diff(file.Path, file.Before, file.Bytes))]);
    }

    /// <summary>Renders the sites of the work tree; nothing is written.</summary>
    private static IReadOnlyList<RenderedFile> ReadFiles(CommandRun run, SiteChoice which, bool isWritten, out SiteTree tree, out List<InventorySite> sites)
    {
        tree = SitesFolder.Find(run);
        var source = new FolderSource(tree.Root);
        var faults = new List<SourceFault>();
        var renderer = SiteTemplate.IsIn(source) ? SiteRenderer.TryRead(source, faults) : throw NoTemplate();
        var policy = SitesFolder.ReadPolicy(tree);
        sites = renderer is null ? [] : which.Of(renderer.Inventory, policy);
        if (renderer?.Inventory.Files.FirstOrDefault(file => policy.Find(file.Environment) is null) is { File: { } lost, Environment: var environment })
        {
            var unknown = UnknownName.Environment(environment, policy);
            throw DeployException.BadInput($"{SitesFolder.Name}/{lost.Path}:1:1: {unknown.Message}", unknown.Remedy);
        }

        var files = (isWritten ? renderer?.Render(sites, faults) : renderer?.Compare(sites, faults)) ?? [];
        return faults.Count == 0 ? files : throw faults[0].ToException();
    }

    private static void RequireNoHandEdits(IReadOnlyList<RenderedFile> files, ISiteSource committed)
    {
        if (HandEdits.Find([.. files.Where(file => !file.IsCurrent)], committed) is [var hand, ..] hands)
        {
            var more = hands.Count == 1 ? "" : $" (and {Quantity.Of(hands.Count - 1, "more file")})";
            throw DeployException.Refused($"{SitesFolder.Name}/{hand.File}:{hand.Position}: {hand.Message}{more}", hand.Remedy);
        }
    }

    /// <summary>Template and inventory of the checked-out commit; nothing where there is no commit yet.</summary>
    private static async Task<ISiteSource> CommittedAsync(CommandRun run, CancellationToken cancellation)
    {
        var repository = await GitRepository.OpenAsync(run.Repository, cancellation);
        var head = await repository.ResolveAsync("HEAD", cancellation);
        return head is null
            ? TreeSource.Empty
            : await TreeSource.ReadAsync(await GitTree.ReadAsync(repository.Git, head, SitesFolder.Name, cancellation), SiteTree.IsSourcePath, cancellation);
    }

    private static RenderResult Adopt(CommandRun run, SiteChoice which, RenderEnd end)
    {
        var tree = SitesFolder.Find(run);
        var source = new FolderSource(tree.Root);
        var sites = which.Of(tree, SitesFolder.ReadPolicy(tree));
        var faults = new List<SourceFault>();
        var made = SiteTemplate.IsIn(source) ? AdoptSites(source, sites, faults) : new TemplateDraft(source, sites).Make(faults);
        IReadOnlyList<RenderedFile> rendered = [];
        if (made is not null && faults.Count == 0)
        {
            var renderer = SiteRenderer.TryRead(new EditedSource(source, made.ToDictionary(one => one.Key, one => (byte[]?)one.Value, StringComparer.Ordinal)), faults);
            var folders = sites.Select(site => site.RelativePath).ToHashSet(StringComparer.Ordinal);
            rendered = renderer?.Render([.. renderer.Inventory.Sites.Where(site => folders.Contains(site.Folder))], faults) ?? [];
            faults.AddRange(rendered.Select(file => (File: file, Difference: LineDifference.First(SiteAdoption.InStep(Path.GetFileName(file.Path), file.Before!), file.Bytes)!)).Where(one => one.Difference is not null).Select(one => new SourceFault(
                one.File.Path, new(0, one.Difference.Line, 1), $"'{one.Difference.Before}' would be rendered as '{one.Difference.After}'", "write it as the first site has it")));
        }

        if (faults.Count > 0)
        {
            throw faults[0].ToException();
        }

        foreach (var path in sites.Select(site => $"{site.RelativePath}/{SiteFiles.FaceDetector}"))
        {
            made![path] = SiteAdoption.InStep(SiteFiles.FaceDetector, source.Read(path)!);
        }

        var changed = made!.Where(file => !(source.Read(file.Key) ?? []).AsSpan().SequenceEqual(file.Value) || source.Read(file.Key) is null).OrderBy(file => file.Key, StringComparer.Ordinal).ToList();
        if (end == RenderEnd.Written)
        {
            Write(tree, [.. changed.Select(file => (file.Key, file.Value))]);
        }

        return new RenderResult(
            end == RenderEnd.Written ? RenderEnd.Adopted : end, sites.Count, rendered.Count,
            [.. changed.Select(file => $"{SitesFolder.Name}/{file.Key}")], [.. changed.Select(file => Diff(file.Key, source.Read(file.Key), file.Value))]);
    }

    private static Dictionary<string, byte[]>? AdoptSites(FolderSource source, IReadOnlyList<Site> sites, List<SourceFault> faults)
    {
        var template = SiteTemplate.TryRead(source, faults);
        var inventory = Inventory.Read(source, faults);
        if (template is null || faults.Count > 0)
        {
            return null;
        }

        var adoption = new SiteAdoption(template, source);
        var made = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var site in sites)
        {
            if (adoption.Adopt(site.Environment, site.Name, inventory.Environments.GetValueOrDefault(site.Environment), faults) is { } bytes)
            {
                made[Inventory.PathOf(site.Environment, site.Name)] = bytes;
            }
        }

        return made;
    }

    private static async Task<ICommandResult> CommitAsync(CommandRun run, CancellationToken cancellation)
    {
        var work = new FolderSource(SitesFolder.Find(run).Root);
        var head = await CommittedAsync(run, cancellation);
        RequireNoHandEdits(ReadFiles(run, new SiteChoice(null, null), isWritten: false, out _, out _), head);
        var repository = await GitRepository.OpenAsync(run.Repository, cancellation);
        var options = ChangeOptionsReader.Read(run) with { TakesWorkTree = true };
        var outcome = await new SourceChange(repository, run.Time, run.Progress).RunAsync(state => WorkTreeRendering.Edits(state, head, work), options, cancellation);
        return SiteResult.Of(outcome, outcome.End == ChangeEnd.NothingToDo ? "every site is rendered" : $"{Quantity.Of(outcome.Plan.Sites, "site")} {Quantity.IsOrAre(outcome.Plan.Sites)} rendered", []);
    }

    private static DeployException NoTemplate() => DeployException.BadInput(
        $"there is no {SitesFolder.Name}/{ParameterFile.FilePath}", "make a template of the sites: deploy-tool render --adopt");

    private static string Diff(string path, byte[]? before, byte[] after) => UnifiedDiff.Format($"{SitesFolder.Name}/{path}", before ?? [], after);

    /// <summary>Each file is whole at any moment, the old one or the new one.</summary>
    private static void Write(SiteTree tree, IReadOnlyList<(string Path, byte[] Bytes)> files) => Parallel.ForEach(files, file =>
    {
        var path = Path.Combine(tree.Root, file.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var partial = path + ".new";
        File.WriteAllBytes(partial, file.Bytes);
        File.Move(partial, path, overwrite: true);
    });

    /// <summary>The sites that a command is about.</summary>
    private sealed record SiteChoice(string? Environment, string? Site)
    {
        public List<InventorySite> Of(Inventory inventory, DeliveryPolicy policy) => Choose(inventory.Sites, one => one.Environment, one => one.Name, policy, "the inventory");

        public List<Site> Of(SiteTree tree, DeliveryPolicy policy) =>
            Choose([.. policy.Environments.SelectMany(tree.Sites)], one => one.Environment, one => one.Name, policy, tree.Root);

        private List<T> Choose<T>(IReadOnlyList<T> all, Func<T, string> environmentOf, Func<T, string> nameOf, DeliveryPolicy policy, string where)
        {
            var of = Environment is null ? null : policy.Get(Environment).Name;
            var candidates = all.Where(one => of is null || environmentOf(one) == of).ToList();
            if (candidates.Count == 0)
            {
                throw DeployException.BadInput($"{where} has no sites{(of is null ? "" : $" of '{of}'")}", $"add one: deploy-tool site add NAME --env {of ?? "ENV"}");
            }

            var sites = candidates.Where(one => Site is null || nameOf(one) == Site).ToList();
            return sites.Count > 0 ? sites : throw UnknownName.Site(of, Site!, candidates.Select(nameOf));
        }
    }
}
