using System.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Sites.Templates;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>render</c>: the sites' files out of template and inventory, in the work tree.</summary>
internal static class RenderCommand
{
    public static Command Create()
    {
        var environment = EnvironmentOption.Create("--env", "Render the sites of this environment alone.");
        var site = new Option<string>("--site") { Description = "Render this one site of it.", HelpName = "NAME" };
        var check = new Option<bool>("--check") { Description = "Write nothing; exit with 1 when a file is not as template and inventory make it." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show exactly what would be written; write nothing." };
        var command = new Command("render", "Write the sites' files out of template and inventory.") { environment, site, check, dryRun };
        command.Validators.Add(result =>
        {
            if (result.GetValue(site) is not null && result.GetValue(environment) is null)
            {
                result.AddError("--site needs --env");
            }
        });
        return command.Runs((run, _) => Task.FromResult<ICommandResult>(Run(
            run, run.Options.GetValue(environment), run.Options.GetValue(site),
            run.Options.GetValue(check) ? RenderEnd.Checked : run.Options.GetValue(dryRun) ? RenderEnd.DryRun : RenderEnd.Written)));
    }

    private static RenderResult Run(CommandRun run, string? environment, string? site, RenderEnd end)
    {
        var tree = SitesFolder.Find(run);
        var source = new FolderSource(tree.Root);
        if (!SiteTemplate.IsIn(source))
        {
            throw DeployException.BadInput($"there is no {SitesFolder.Name}/{ParameterFile.FilePath}", "docs/site-template.md says how a template is made");
        }

        var faults = new List<SourceFault>();
        var renderer = SiteRenderer.TryRead(source, faults);
        var sites = renderer is null ? [] : Choose(renderer.Inventory, environment, site);
        var files = renderer?.Render(sites, faults) ?? [];
        if (faults.Count > 0)
        {
            throw faults[0].ToException();
        }

        var changed = files.Where(file => !file.IsCurrent).ToList();
        if (end == RenderEnd.Written)
        {
            Write(tree, changed);
        }

        return new RenderResult(
            end, sites.Count, files.Count,
            [.. changed.Select(file => $"{SitesFolder.Name}/{file.Path}")],
            [.. changed.Select(file => UnifiedDiff.Format($"{SitesFolder.Name}/{file.Path}", file.Before ?? [], file.Bytes))]);
    }

    private static List<InventorySite> Choose(Inventory inventory, string? environment, string? site)
    {
        var sites = inventory.Sites.Where(one => (environment is null || one.Environment == environment) && (site is null || one.Name == site)).ToList();
        return sites.Count > 0 ? sites : throw (site is null
            ? DeployException.BadInput($"the inventory has no sites of '{environment}'", $"add one: deploy-tool site add NAME --env {environment ?? "ENV"}")
            : DeployException.BadInput($"the inventory has no site '{site}' of {environment}", $"add {SitesFolder.Name}/{Inventory.PathOf(environment!, site)}, or correct the name"));
    }

    /// <summary>Each file is whole at any moment, the old one or the new one.</summary>
    private static void Write(SiteTree tree, IReadOnlyList<RenderedFile> files) => Parallel.ForEach(files, file =>
    {
        var path = Path.Combine(tree.Root, file.Path);
        if (file.Before is null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }

        var partial = path + ".new";
        File.WriteAllBytes(partial, file.Bytes);
        File.Move(partial, path, overwrite: true);
    });
}
