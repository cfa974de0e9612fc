using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Sites.Templates;

namespace FaceEdge.Deploy.Promotion;

/// <summary>Sites come, change their names and go: the edits of the inventory and of the folders for each.</summary>
internal static class SiteRegister
{
    /// <summary>A new site of an environment.</summary>
    /// <param name="state">The sites folder.</param>
    /// <param name="request">The site.</param>
    /// <param name="ask">Asks for the value of a parameter that has no default; null where nobody answers.</param>
    public static SourceEdits Add(SourceState state, AddRequest request, Func<Parameter, string?> ask)
    {
        var environment = state.State.Environment(request.Environment).Name;
        RequireFree(state, environment, request.Name);
        var moved = Move(state, environment, request);
        var files = new Dictionary<string, byte[]?>(moved.Files, StringComparer.Ordinal)
        {
            [Inventory.PathOf(environment, request.Name)] = InventoryOf(state, environment, request, ask),
        };
        if (state.Source.Read($"{environment}/{request.Name}/{SiteFiles.Retired}") is not null)
        {
            files[$"{environment}/{request.Name}/{SiteFiles.Retired}"] = null;
        }

        var seeds = new Dictionary<string, byte[]>(moved.Seeds, StringComparer.Ordinal);
        if (SeedOf(state, environment) is { } seed)
        {
            seeds[$"{environment}/{request.Name}/{SiteFiles.FaceDetector}"] = seed;
        }

        return new SourceEdits(environment, $"site-add/{environment}/{request.Name}", $"Add the site {environment}/{request.Name}")
        {
            Files = files,
            Seeds = seeds,
            Renders = site => site.Environment == environment && (site.Name == request.Name || site.Name == request.MoveOwnTo),
            Validates = true,
            Body = _ => $"Its host pulls {DesiredState.SitesFolder}/{environment}/{request.Name}."
                + (request.MoveOwnTo is { } own ? $"\nThe environment's own site is {environment}/{own} from now on: bind its host to that folder." : ""),
            Trailers = [new Trailer(SiteTrailers.Added, $"{environment}/{request.Name}"), .. request.MoveOwnTo is { } to ? [new Trailer(SiteTrailers.Renamed, $"{environment} to {environment}/{to}")] : Array.Empty<Trailer>()],
        };
    }

    /// <summary>Another name for a site, which is its folder's too. What its host is called stays.</summary>
    public static SourceEdits Rename(SourceState state, string environment, string name, string to)
    {
        RequireFree(state, state.State.Environment(environment).Name, to);
        var site = Find(state, environment, name);
        var (files, seeds) = Moved(state, site, to);
        return new SourceEdits(environment, $"site-rename/{environment}/{name}", $"Rename the site {site.Folder} to {environment}/{to}")
        {
            Files = files,
            Seeds = seeds,
            Renders = one => one.Environment == environment && one.Name == to,
            Validates = true,
            Body = _ => $"Bind its host to {DesiredState.SitesFolder}/{environment}/{to}; until then it keeps what it has.",
            Trailers = [new Trailer(SiteTrailers.Renamed, $"{site.Folder} to {environment}/{to}")],
        };
    }

    /// <summary>
    /// A site goes. Its folder stays with one harmless object: a host takes away what its folder has no more, and takes nothing away when the folder itself
    /// is gone.
    /// </summary>
    public static SourceEdits Retire(SourceState state, string environment, string name)
    {
        var site = Find(state, environment, name);
        if (state.Renderer.Inventory.Sites.Count(one => one.Environment == environment) == 1)
        {
            throw DeployException.BadInput($"{site.Folder} is the only site of {environment}", $"add another first, or take the environment out of {DesiredState.SitesFolder}/{PolicyFile.FileName}");
        }

        var files = FilesOf(state.Source, site.Folder).ToDictionary(path => path, _ => (byte[]?)null, StringComparer.Ordinal);
        files[site.Own.Path] = null;
        files[$"{site.Folder}/{SiteFiles.Retired}"] = System.Text.Encoding.UTF8.GetBytes(RetiredObject(site.Folder));
        return new SourceEdits(environment, $"site-retire/{environment}/{name}", $"Retire the site {site.Folder}")
        {
            Files = files,
            Renders = static _ => false,
            Body = _ => $"Its host takes away what it applied before. Delete {DesiredState.SitesFolder}/{site.Folder} when no host pulls it any more.",
            Trailers = [new Trailer(SiteTrailers.Retired, site.Folder)],
        };
    }

    /// <summary>The inventory of a new site; what has no default is asked for.</summary>
    public static byte[] InventoryOf(SourceState state, string environment, AddRequest request, Func<Parameter, string?> ask)
    {
        var parameters = state.Renderer.Template.Parameters;
        var edit = new InventoryEdit(Inventory.PathOf(environment, request.Name), []);
        var shared = state.Renderer.Inventory.Environments.GetValueOrDefault(environment);
        foreach (var (name, value) in request.Values)
        {
            _ = parameters.Find(name) is { IsText: true, IsFixed: false } ? "" : throw DeployException.BadInput($"'{name}' is no parameter that a site sets", parameters.Suggest(name));
            edit.Set(name, value);
        }

        foreach (var parameter in parameters.All.Where(one => one is { IsText: true, Default: null } && !request.Values.ContainsKey(one.Name) && shared?.Values.ContainsKey(one.Name) != true))
        {
            edit.Set(parameter.Name, ask(parameter) ?? throw DeployException.BadInput($"{parameter.Name} is not set, and has no default", $"give it: --set {parameter.Name}=VALUE"));
        }

        if (request.Labels.Count > 0)
        {
            var map = parameters.All.FirstOrDefault(one => one.Type == ParameterType.LabelMap)
                ?? throw DeployException.BadInput("the template takes no labels", $"describe a parameter of the type labelMap in {DesiredState.SitesFolder}/{ParameterFile.FilePath}");
            foreach (var (key, value) in request.Labels)
            {
                edit.SetLabel(map.Name, key, value);
            }
        }

        foreach (var fragment in request.Fragments)
        {
            edit.AddFragment(fragment);
        }

        return edit.Bytes.Length > 0 ? edit.Bytes : System.Text.Encoding.UTF8.GetBytes($"# {environment}/{request.Name} has nothing of its own.\n");
    }

    /// <summary>The manifest whose image most sites of an environment have; null where it has none.</summary>
    public static byte[]? SeedOf(SourceState state, string environment) => state.Renderer.Inventory.Sites
        .Where(site => site.Environment == environment)
        .Select(site => state.Source.Read($"{site.Folder}/{SiteFiles.FaceDetector}"))
        .OfType<byte[]>()
        .Select(bytes => (Bytes: bytes, Image: DetectorManifest.TryParse(bytes, out var manifest) is null ? manifest.Image : null))
        .Where(one => one.Image is not null)
        .GroupBy(one => one.Image, StringComparer.Ordinal)
        .OrderByDescending(group => group.Count())
        .FirstOrDefault()?.First().Bytes;

    /// <summary>A host that pulls the environment's folder would apply the folders of other sites below it too.</summary>
    private static (IReadOnlyDictionary<string, byte[]?> Files, IReadOnlyDictionary<string, byte[]> Seeds) Move(SourceState state, string environment, AddRequest request)
    {
        var own = state.Renderer.Inventory.Sites.FirstOrDefault(site => site.Environment == environment && site.Name == environment);
        if (own is null && state.Source.Read($"{environment}/{SiteFiles.FaceDetector}") is null)
        {
            return request.MoveOwnTo is null
                ? (new Dictionary<string, byte[]?>(), new Dictionary<string, byte[]>())
                : throw DeployException.BadInput($"{DesiredState.SitesFolder}/{environment} is no site itself", "leave --move-own out");
        }

        if (own is null || request.MoveOwnTo is not { } to)
        {
            throw DeployException.BadInput(
                $"{DesiredState.SitesFolder}/{environment} is a site itself, and its host would apply the folder of {request.Name} too",
                own is null
                    ? "take it into the inventory first: deploy-tool render --adopt"
                    : $"give it a folder of its own in the same commit with --move-own NAME, and bind its host to {DesiredState.SitesFolder}/{environment}/NAME");
        }

        RequireFree(state, environment, to);
        return to != request.Name ? Moved(state, own, to) : throw DeployException.BadInput($"both sites would be {environment}/{to}", "give --move-own another name");
    }

    /// <summary>The files of a site in another folder; host names that followed from its name stay what they were.</summary>
    private static (Dictionary<string, byte[]?> Files, Dictionary<string, byte[]> Seeds) Moved(SourceState state, InventorySite site, string to)
    {
        var path = Inventory.PathOf(site.Environment, to);
        var edit = new InventoryEdit(path, state.Source.Read(site.Own.Path)!);
        var parameters = state.Renderer.Template.Parameters;
        var renamed = new InventorySite(site.Environment, to, site.Own with { Path = path }, site.Shared);
        foreach (var parameter in parameters.All.Where(one => one is { Type: ParameterType.HostName, IsFixed: false }))
        {
            var before = state.Renderer.ValuesOf(site)[parameter.Name];
            if (ParameterValues.TryRead(parameters, renamed, parameter.Name) != before)
            {
                edit.Set(parameter.Name, ComposedText.Escape(before));
            }
        }

        var files = new Dictionary<string, byte[]?>(StringComparer.Ordinal) { [site.Own.Path] = null, [path] = edit.Bytes };
        var seeds = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var file in FilesOf(state.Source, site.Folder))
        {
            files[file] = null;
            var target = $"{site.Environment}/{to}/{Path.GetFileName(file)}";
            if (state.Renderer.Template.FileNames.Contains(Path.GetFileName(file)))
            {
                seeds[target] = state.Source.Read(file)!;
            }
            else
            {
                files[target] = state.Source.Read(file);
            }
        }

        return (files, seeds);
    }

    private static InventorySite Find(SourceState state, string environment, string name)
    {
        var sites = state.Renderer.Inventory.Sites.Where(site => site.Environment == state.State.Environment(environment).Name).ToList();
        return sites.Find(site => site.Name == name) ?? throw UnknownName.Site(environment, name, sites.Select(site => site.Name));
    }

    private static void RequireFree(SourceState state, string environment, string name)
    {
        if (!SiteTree.IsFolderName(name))
        {
            throw DeployException.BadInput($"'{name}' is no name of at most 63 lower-case letters, digits and dashes", "take another: it is the name of a folder too");
        }

        if (name == environment || state.Source.Read(Inventory.PathOf(environment, name)) is not null)
        {
            throw DeployException.BadInput($"{environment} has a site '{name}' already ({DesiredState.SitesFolder}/{Inventory.PathOf(environment, name)})", "take another name");
        }

        if (FilesOf(state.Source, $"{environment}/{name}").Any(path => Path.GetFileName(path) != SiteFiles.Retired))
        {
            throw DeployException.BadInput(
                $"{DesiredState.SitesFolder}/{environment}/{name} is there, and not in the inventory", "take it in with deploy-tool render --adopt, or delete the folder");
        }
    }

    /// <summary>The files of a folder itself, not of those below it.</summary>
    private static IEnumerable<string> FilesOf(ISiteSource source, string folder) => source.List(folder).Where(path => path.LastIndexOf('/') == folder.Length);

    private static string RetiredObject(string folder) =>
        $"""
        # {folder} was retired: its host takes away all that it applied from this folder before, and keeps this object.
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: site-retired
          namespace: default
        data:
          site: {folder}

        """.ReplaceLineEndings("\n");
}

/// <summary>What <c>site add</c> is asked for.</summary>
/// <param name="Environment">Of the site.</param>
/// <param name="Name">Of the site.</param>
/// <param name="Values">Parameters by their names, as the inventory has them.</param>
/// <param name="Labels">Labels by their keys.</param>
/// <param name="Fragments">Names of fragments.</param>
/// <param name="MoveOwnTo">The name that the environment's own site gets; null to leave it where it is.</param>
internal sealed record AddRequest(
    string Environment, string Name, IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<string> Fragments, string? MoveOwnTo);
