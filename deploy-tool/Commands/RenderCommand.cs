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
        var work = WorkTree.Read(run, which);
        var files = end == RenderEnd.Checked ? work.Compare() : work.Render();
        var changed = files.Where(file => !file.IsCurrent).ToList();
        if (end != RenderEnd.Checked && changed.Exists(file => file.Before is not null))
        {
            RequireNoHandEdits(changed, await CommittedAsync(run, cancellation));
        }

        if (end == RenderEnd.Written)
        {
            Write(work.Tree, [.. changed.Select(file => (file.Path, file.Bytes))]);
        }

        return new RenderResult(
            end, work.Sites.Count, files.Count,
            [.. changed.Select(file => $"{SitesFolder.Name}/{file.Path}")], [.. changed.Select(file => Diff(file.Path, file.Before, file.Bytes))]);
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
        var adopted = Adoption.Make(source, sites);
        if (end == RenderEnd.Written)
        {
            Write(tree, [.. adopted.Changed.Select(file => (file.Key, file.Value))]);
        }

        return new RenderResult(
            end == RenderEnd.Written ? RenderEnd.Adopted : end, sites.Count, adopted.Rendered,
            [.. adopted.Changed.Select(file => $"{SitesFolder.Name}/{file.Key}")], [.. adopted.Changed.Select(file => Diff(file.Key, source.Read(file.Key), file.Value))]);
    }

    private static async Task<ICommandResult> CommitAsync(CommandRun run, CancellationToken cancellation)
    {
        var work = new FolderSource(SitesFolder.Find(run).Root);
        var head = await CommittedAsync(run, cancellation);
        RequireNoHandEdits(WorkTree.Read(run, new SiteChoice(null, null)).Compare(), head);
        var repository = await GitRepository.OpenAsync(run.Repository, cancellation);
        var options = ChangeOptionsReader.Read(run) with { TakesWorkTree = true };
        var outcome = await new SourceChange(repository, run.Time, run.Progress).RunAsync(state => WorkTreeRendering.Edits(state, head, work), options, cancellation);
        return SiteResult.Of(outcome, outcome.End == ChangeEnd.NothingToDo ? "every site is rendered" : $"{Quantity.Of(outcome.Plan.Sites, "site")} {Quantity.IsOrAre(outcome.Plan.Sites)} rendered", []);
    }

    private static string Diff(string path, byte[]? before, byte[] after) => UnifiedDiff.Format($"{SitesFolder.Name}/{path}", before ?? [], after);

    /// <summary>
    /// Each file is whole at any moment, the old one or the new one. Not by <see cref="AtomicFile"/>, which waits for the disk with each of many thousand
    /// files: Git has the old ones, and rendering again makes the new ones.
    /// </summary>
    private static void Write(SiteTree tree, IReadOnlyList<(string Path, byte[] Bytes)> files) => Parallel.ForEach(files, file =>
    {
        var path = Path.Combine(tree.Root, file.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var partial = path + ".new";
        File.WriteAllBytes(partial, file.Bytes);
        File.Move(partial, path, overwrite: true);
    });

    /// <summary>The sites folder of the work tree, and the sites of it that a command is about.</summary>
    private sealed record WorkTree(SiteTree Tree, SiteRenderer Renderer, List<InventorySite> Sites)
    {
        public static WorkTree Read(CommandRun run, SiteChoice which)
        {
            var tree = SitesFolder.Find(run);
            var policy = SitesFolder.ReadPolicy(tree);
            var renderer = SiteRenderer.Read(new FolderSource(tree.Root));
            var sites = which.Of(renderer.Inventory, policy);
            if (renderer.Inventory.Files.FirstOrDefault(file => policy.Find(file.Environment) is null) is { File: { } lost, Environment: var environment })
            {
                var unknown = UnknownName.Environment(environment, policy);
                throw DeployException.BadInput($"{SitesFolder.Name}/{lost.Path}:1:1: {unknown.Message}", unknown.Remedy);
            }

            return new WorkTree(tree, renderer, sites);
        }

        /// <summary>The files as they are to be written.</summary>
        public IReadOnlyList<RenderedFile> Render() => OrFirstFault(faults => Renderer.Render(Sites, faults));

        /// <summary>The files as they are to be, of which nothing is written.</summary>
        public IReadOnlyList<RenderedFile> Compare() => OrFirstFault(faults => Renderer.Compare(Sites, faults));

        private static IReadOnlyList<RenderedFile> OrFirstFault(Func<List<SourceFault>, IReadOnlyList<RenderedFile>> render)
        {
            var faults = new List<SourceFault>();
            var files = render(faults);
            return faults.Count == 0 ? files : throw faults[0].ToException();
        }
    }

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
