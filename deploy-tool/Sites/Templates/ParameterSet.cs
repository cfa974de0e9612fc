using FaceEdge.Contracts;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>The parameters of a template, by their names.</summary>
internal sealed class ParameterSet(IReadOnlyList<Parameter> all)
{
    private readonly ILookup<string, Parameter> _byName = all.ToLookup(one => one.Name, StringComparer.Ordinal);

    /// <summary>In the order of parameters.yaml.</summary>
    public IReadOnlyList<Parameter> All => all;

    /// <summary>The parameter of a name; null when there is none.</summary>
    public Parameter? Find(string name) => _byName[name].FirstOrDefault();

    /// <summary>Checks the names that an inventory file sets.</summary>
    public IEnumerable<SourceFault> Check(InventoryFile file)
    {
        foreach (var (name, position) in file.Values.Select(one => (one.Key, one.Value.KeyPosition)).Concat(file.Labels.Select(one => (one.Key, one.Value.Position))))
        {
            var fault = Find(name) switch
            {
                null => ($"'{name}' is no parameter", Suggest(name)),
                { IsPromoted: true } => ($"{name} is not of the inventory: it stands in the site's own files", "set it with deploy-tool promote, or rollback"),
                { IsFixed: true } => ($"{name} follows from other parameters", "set those, or delete this line"),
                { IsMap: true } when file.Values.ContainsKey(name) => ($"{name} must be entries by their keys", $"write it as {name}: {{ KEY: VALUE }}"),
                { IsText: true } when file.Labels.ContainsKey(name) => ($"{name} must be a text", "write its value after the colon"),
                _ => ((string Message, string Remedy)?)null,
            };
            if (fault is { } found)
            {
                yield return new SourceFault(file.Path, position, found.Message, found.Remedy);
            }
        }
    }

    /// <summary>What somebody may have meant by a name that is not known.</summary>
    public string Suggest(string name)
    {
        var settable = all.Where(one => one.IsSettable).Select(one => one.Name).ToList();
        return Suggestion.Nearest(name, settable) is { } meant
            ? $"did you mean {meant}?"
            : $"{DesiredState.SitesFolder}/{ParameterFile.FilePath} describes {string.Join(", ", settable)}";
    }
}
