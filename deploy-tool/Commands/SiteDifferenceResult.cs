using System.Text.Json.Serialization.Metadata;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Sites.Templates;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary>The result of <c>diff --site</c>: in what a site differs from the environment that it belongs to.</summary>
/// <param name="Site">The site's folder.</param>
/// <param name="Differences">What its inventory sets otherwise.</param>
/// <param name="NotAsRendered">Its files that are not what template and inventory make of them.</param>
internal sealed record SiteDifferenceResult(string Site, IReadOnlyList<SiteDifference> Differences, IReadOnlyList<string> NotAsRendered) : ICommandResult
{
    ExitCode ICommandResult.ExitCode => Differences.Count + NotAsRendered.Count == 0 ? ExitCode.Done : ExitCode.Refused;

    JsonTypeInfo ICommandResult.JsonType => DeployToolJson.Default.SiteDifferenceResult;

    /// <summary>Compares a site of a work tree with its environment.</summary>
    public static SiteDifferenceResult Read(string sitesFolder, string folder)
    {
        var source = new FolderSource(sitesFolder);
        var renderer = SiteTemplate.IsIn(source) ? SiteRenderer.Read(source) : throw DeployException.BadInput(
            $"there is no {SitesFolder.Name}/{ParameterFile.FilePath}, so that no environment says what its sites have", "compare two sites: deploy-tool diff --from A --to B");
        var site = renderer.Inventory.Sites.FirstOrDefault(one => one.Folder == folder);
        return site is null
            ? throw UnknownName.Site(environment: null, folder, renderer.Inventory.Sites.Select(one => one.Folder))
            : new SiteDifferenceResult(
                folder,
                [.. Of(renderer, site)],
                [.. renderer.Compare([site], []).Where(file => !file.IsCurrent).Select(file => $"{SitesFolder.Name}/{file.Path}")]);
    }

    private static IEnumerable<SiteDifference> Of(SiteRenderer renderer, InventorySite site)
    {
        var parameters = renderer.Template.Parameters;
        var plain = site with { Own = new InventoryFile(site.Own.Path) };
        foreach (var (name, value) in site.Own.Values)
        {
            yield return new SiteDifference(name, renderer.ValuesOf(site)[name], ParameterValues.TryRead(parameters, plain, name), PlaceOf(site, value.Position.Line));
        }

        foreach (var (name, labels) in site.Own.Labels)
        {
            foreach (var (key, label) in labels.Values)
            {
                yield return new SiteDifference($"{name}.{key}", renderer.ValuesOf(site).Labels(name)[key], site.Shared?.Labels.GetValueOrDefault(name)?.Values.GetValueOrDefault(key)?.Text.Text, PlaceOf(site, label.Position.Line));
            }
        }

        foreach (var fragment in site.Own.Fragments)
        {
            yield return new SiteDifference(InventoryFile.FragmentsKey, fragment.Text.Text, null, PlaceOf(site, fragment.Position.Line));
        }
    }

    void ICommandResult.Render(IAnsiConsole console)
    {
        foreach (var one in Differences)
        {
            console.WriteLine($"{one.Name}: {Shown(one.Value)}{(one.Environment is null ? "" : $" instead of {Shown(one.Environment)}")}   {one.Place}");
        }

        var environment = Site.Split('/')[0];
        console.WriteLine(Differences.Count == 0 ? $"{Site} has nothing of its own" : $"{Site} differs from what {environment} gives its sites in {Differences.Count} values");
        foreach (var file in NotAsRendered)
        {
            console.WriteLine($"{file} is not what template and inventory make of it");
        }
    }

    private static string PlaceOf(InventorySite site, int line) => $"{SitesFolder.Name}/{site.Own.Path}:{line}";

    private static string Shown(string value) => value.Length == 0 ? "''" : value.ReplaceLineEndings("\\n");
}

/// <summary>A value that a site has of its own.</summary>
/// <param name="Name">Of the parameter.</param>
/// <param name="Value">What the site has.</param>
/// <param name="Environment">What it would have without; null where that is nothing.</param>
/// <param name="Place">File and line that set it.</param>
internal sealed record SiteDifference(string Name, string Value, string? Environment, string Place);
