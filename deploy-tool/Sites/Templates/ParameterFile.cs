using System.Text.RegularExpressions;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>Reads sites/template/parameters.yaml: in what sites may differ, and which scalars of the template that sets.</summary>
internal static partial class ParameterFile
{
    /// <summary>From the sites folder.</summary>
    public const string FilePath = $"{SiteTemplate.Folder}/parameters.yaml";

    private const string Remedy = "docs/site-template.md describes every key";

    /// <summary>Reads every parameter, and every fault.</summary>
    public static IReadOnlyList<Parameter> Parse(ReadOnlySpan<byte> bytes, List<SourceFault> faults)
    {
        var found = new List<YamlFault>();
        var parameters = Read(bytes, found);
        faults.AddRange(found.OrderBy(fault => fault.Position.Offset).Select(fault => new SourceFault(FilePath, fault.Position, fault.Message, Remedy)));
        return parameters;
    }

    private static List<Parameter> Read(ReadOnlySpan<byte> bytes, List<YamlFault> faults)
    {
        if (YamlFile.TryParse(bytes, out var file) is { } fault)
        {
            faults.Add(fault);
            return [];
        }

        if (file.Documents is not [var document])
        {
            faults.Add(new YamlFault(new SourcePosition(0, 1, 1), $"the file must hold one document, not {file.Documents.Count}"));
            return [];
        }

        var reader = new YamlMappingReader(document.Root, "", faults);
        if (reader.RequiredText("version") is not ("1" or ""))
        {
            reader.Fault("version", "only version 1 is known; a newer deploy-tool may read this file");
        }

        var parameters = reader.Mappings("parameters").Select(one => ReadParameter(one)).ToList();
        foreach (var twice in parameters.GroupBy(one => one.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Last()))
        {
            faults.Add(new YamlFault(twice.Position, $"'{twice.Name}' is described twice"));
        }

        CheckNames(parameters, faults);
        reader.Finish();
        return parameters;
    }

    private static Parameter ReadParameter(YamlMappingReader reader)
    {
        var name = reader.RequiredText("name");
        var position = reader.Node("name")?.Start ?? default;
        if (name.Length > 0 && (!Name().IsMatch(name) || ParameterValues.IsReserved(name)))
        {
            reader.Fault("name", $"'{name}' must be a letter and then letters and digits, and none of {string.Join(", ", ParameterValues.Reserved)}");
        }

        var type = ReadChoice<ParameterType>(reader, "type", reader.RequiredText("type"));
        var (value, isFixed) = (ReadText(reader, "value"), reader.Node("value") is not null);
        if (isFixed && reader.Node("default") is not null)
        {
            reader.Fault("value", "what follows from other parameters alone has no default beside it");
        }

        var parameter = new Parameter(name, type, isFixed ? value : ReadText(reader, "default"), [.. reader.Mappings("sets").Select(ReadPlace).OfType<ParameterPlace>()], position)
        {
            IsFixed = isFixed,
            IsPromoted = reader.Text("owner") is { } owner && IsPromotion(reader, owner),
            Values = reader.Texts("values"),
            Unique = ReadChoice<ParameterScope>(reader, "unique", reader.Text("unique") ?? "none"),
            Network = reader.Text("network"),
            Fragment = reader.Text("fragment"),
        };
        if ((parameter.Type == ParameterType.Enumeration) != (parameter.Values.Count > 0))
        {
            reader.Fault("values", "an enumeration, and nothing else, lists its values");
        }

        if (parameter.IsMap && (parameter is { Default: not null } or { IsPromoted: true } or { Unique: not ParameterScope.None } or { Fragment: not null }))
        {
            reader.Fault("type", "labels and settings have a name and a place alone");
        }

        if (parameter.IsMap && parameter.Sets.Any(place => place.Place is { Member: not null } || !place.Place.Path.Steps.All(step => step is YamlPathStep.Key)))
        {
            reader.Fault("sets", "labels and settings come into a mapping that keys alone lead to");
        }

        if (parameter.Network is not null && parameter.Type != ParameterType.AddressRange)
        {
            reader.Fault("network", "only addresses are of a network");
        }

        reader.Finish();
        return parameter;
    }

    private static ParameterPlace? ReadPlace(YamlMappingReader reader)
    {
        var place = ParameterPlace.Read(reader);
        reader.Finish();
        return place;
    }

    /// <summary>A text that may be empty and may name parameters; null when absent or faulty.</summary>
    private static ComposedText? ReadText(YamlMappingReader reader, string key)
    {
        switch (reader.Node(key))
        {
            case null:
                return null;
            case YamlScalar scalar:
                if (ComposedText.TryParse(scalar.Value, out var text) is { } fault)
                {
                    reader.Fault(key, fault);
                }

                return text;
            default:
                reader.Fault(key, "must be a text");
                return null;
        }
    }

    private static bool IsPromotion(YamlMappingReader reader, string owner)
    {
        if (owner != "promotion")
        {
            reader.Fault("owner", $"'{owner}' must be promotion, or left out");
        }

        return true;
    }

    private static T ReadChoice<T>(YamlMappingReader reader, string key, string text)
        where T : struct, Enum
    {
        if (Enum.GetNames<T>().FirstOrDefault(name => ToText(name) == text) is { } known)
        {
            return Enum.Parse<T>(known);
        }

        if (text.Length > 0)
        {
            reader.Fault(key, $"'{text}' is none of {string.Join(", ", Enum.GetNames<T>().Select(ToText))}");
        }

        return default;
    }

    private static string ToText(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>What a text names must be a parameter, and none may follow from itself.</summary>
    private static void CheckNames(List<Parameter> parameters, List<YamlFault> faults)
    {
        var byName = parameters.ToLookup(one => one.Name, StringComparer.Ordinal);
        foreach (var parameter in parameters)
        {
            foreach (var name in (parameter.Default?.Names ?? []).Append(parameter.Network ?? "").Where(name => name.Length > 0 && !ParameterValues.IsReserved(name) && !byName[name].Any(one => one.IsText)))
            {
                faults.Add(new YamlFault(parameter.Position, $"{parameter.Name} names '{name}', which is no parameter of the inventory"));
            }

            if (Follows(parameter, parameter.Name, byName, []))
            {
                faults.Add(new YamlFault(parameter.Position, $"{parameter.Name} follows from itself"));
            }
        }
    }

    private static bool Follows(Parameter parameter, string name, ILookup<string, Parameter> byName, HashSet<string> seen) =>
        (parameter.Default?.Names ?? []).Any(one => one == name || (seen.Add(one) && byName[one].Any(next => Follows(next, name, byName, seen))));

    [GeneratedRegex(@"^[a-z][A-Za-z0-9]*\z")]
    private static partial Regex Name();
}
