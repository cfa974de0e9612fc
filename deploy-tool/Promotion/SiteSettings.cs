using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Sites.Templates;

namespace FaceEdge.Deploy.Promotion;

/// <summary>Settings and parameters of sites that are rendered from a template: the edits of their inventory.</summary>
internal static class SiteSettings
{
    /// <summary>What a change of settings is about; not the one below the other, since a branch cannot be another's folder.</summary>
    public static string Topic(string environment, string? site) => site is null ? $"configure/{environment}" : $"configure-site/{environment}/{site}";

    /// <summary>Gives an environment's sites, or one of them, values. What all of them are to have stands in the environment's file once.</summary>
    public static SourceEdits Set(SourceState state, string environment, string? site, IReadOnlyList<SettingChange> changes)
    {
        var name = state.State.Environment(environment).Name;
        var all = state.Renderer.Inventory.Sites.Where(one => one.Environment == name).ToList();
        var sites = all.Where(one => site is null || one.Name == site).ToList();
        if (sites.Count == 0)
        {
            throw site is null
                ? DeployException.BadInput($"the inventory has no sites of '{name}'", $"add one: deploy-tool site add NAME --env {name}")
                : UnknownName.Site(name, site, all.Select(one => one.Name));
        }

        var edits = new Dictionary<string, InventoryEdit>(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            Set(state, name, site is null, sites, change, edits);
        }

        var where = site is null ? environment : $"{environment}/{site}";
        return new SourceEdits(environment, Topic(environment, site), Subject(where, changes))
        {
            Files = edits.ToDictionary(edit => edit.Key, edit => (byte[]?)edit.Value.Bytes, StringComparer.Ordinal),
            Renders = one => one.Environment == name && (site is null || one.Name == site),
            Body = Body,
            Trailers = Trailers(where, changes),
        };
    }

    /// <summary>The subject of the commit that sets them.</summary>
    /// <param name="where">The environment, or one site of it.</param>
    /// <param name="changes">What is set.</param>
    public static string Subject(string where, IReadOnlyList<SettingChange> changes) =>
        $"Configure {where}: {(changes.Count == 1 ? changes[0] : $"{changes.Count} settings")}";

    /// <summary>The text of the commit that sets them at so many sites.</summary>
    public static string Body(int sites) => $"{Quantity.AtStart(sites, "site")}; pods restart with the new settings.";

    /// <summary>What the commit says for programs.</summary>
    /// <param name="where">The environment, or one site of it.</param>
    /// <param name="changes">What is set.</param>
    public static IReadOnlyList<Trailer> Trailers(string where, IReadOnlyList<SettingChange> changes) =>
        [new Trailer(PromotionTrailers.ConfiguredEnvironment, where), .. changes.Select(one => new Trailer(PromotionTrailers.ConfiguredSetting, one.ToString()))];

    private static void Set(
        SourceState state, string environment, bool isForAll, List<InventorySite> sites, SettingChange change, Dictionary<string, InventoryEdit> edits)
    {
        var parameters = state.Renderer.Template.Parameters;
        var parameter = Resolve(parameters, change, out var text);
        var isSo = parameter.IsMap
            ? sites.TrueForAll(site => state.Renderer.ValuesOf(site).Labels(parameter.Name).GetValueOrDefault(change.Key) == change.Value)
            : sites.TrueForAll(site => ParameterValues.Set(site, parameter.Name)?.Text.Text == text || (parameter.Name != change.Key && state.Renderer.ValuesOf(site)[parameter.Name] == change.Value));
        if (isSo)
        {
            return;
        }

        if (!isForAll || (sites is [var only] && Sets(only.Own)))
        {
            Edit(sites[0].Own.Path);
            return;
        }

        // One line for all of them, and none in the files that said otherwise.
        Edit(Inventory.PathOf(environment));
        foreach (var site in sites.Where(site => Sets(site.Own)))
        {
            var edit = EditOf(site.Own.Path);
            if (parameter.IsMap)
            {
                edit.RemoveLabel(parameter.Name, change.Key);
            }
            else
            {
                edit.Remove(parameter.Name);
            }
        }

        bool Sets(InventoryFile file) => parameter.IsMap ? file.Labels.GetValueOrDefault(parameter.Name)?.Values.ContainsKey(change.Key) == true : file.Values.ContainsKey(parameter.Name);

        void Edit(string path)
        {
            if (parameter.IsMap)
            {
                EditOf(path).SetLabel(parameter.Name, change.Key, text);
            }
            else
            {
                EditOf(path).Set(parameter.Name, text);
            }
        }

        InventoryEdit EditOf(string path) => edits.TryGetValue(path, out var edit) ? edit : edits[path] = new InventoryEdit(path, state.Source.Read(path) ?? []);
    }

    /// <summary>The parameter of a name; else the one that sets the setting; else the one that takes settings without a parameter.</summary>
    /// <param name="parameters">Those of the template.</param>
    /// <param name="change">What is asked for.</param>
    /// <param name="text">The value as the inventory has it: that of a setting names nothing.</param>
    private static Parameter Resolve(ParameterSet parameters, SettingChange change, out string text)
    {
        text = change.Value;
        if (parameters.Find(change.Key) is { IsText: true, IsFixed: false } named)
        {
            return named;
        }

        change.RequireSetting();
        text = ComposedText.Escape(change.Value);
        var own = parameters.All.FirstOrDefault(one => one.IsText && one.Sets.Any(place => place.Setting == change.Key));
        return own switch
        {
            { IsFixed: true } => throw DeployException.BadInput($"{change.Key} follows from other parameters ({own.Name})", $"set those: {string.Join(", ", own.Default!.Names)}"),
            null => parameters.All.FirstOrDefault(one => one.Type == ParameterType.SettingMap) ?? throw DeployException.BadInput(
                $"no parameter sets {change.Key}", $"describe one in {DesiredState.SitesFolder}/{ParameterFile.FilePath}, or one of the type settingMap for all settings"),
            _ => own,
        };
    }
}
