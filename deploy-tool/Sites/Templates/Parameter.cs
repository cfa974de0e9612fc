using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>What the values of a parameter are.</summary>
internal enum ParameterType
{
    Text,
    Number,
    Colour,
    AddressRange,
    HostName,
    Enumeration,

    /// <summary>Labels by their keys, added to those that the template has.</summary>
    LabelMap,

    /// <summary>Settings of the service by their keys, added to those that the template has.</summary>
    SettingMap,
}

/// <summary>Within what no two sites may have the same value.</summary>
internal enum ParameterScope
{
    None,
    Environment,
    Fleet,
}

/// <summary>Something in which sites differ, as parameters.yaml describes it.</summary>
/// <param name="Name">By which the inventory sets it.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Default">Its value where nothing sets it; null where each site must.</param>
/// <param name="Sets">The scalars that get the value.</param>
/// <param name="Position">Where in parameters.yaml it is described.</param>
internal sealed record Parameter(
    string Name, ParameterType Type, ComposedText? Default, IReadOnlyList<ParameterPlace> Sets, SourcePosition Position)
{
    /// <summary>The values that an enumeration allows; empty for other types.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Whether the value follows from others alone, so that no site sets it.</summary>
    public bool IsFixed { get; init; }

    /// <summary>Whether promotion sets it, in the rendered files alone: rendering keeps what stands there.</summary>
    public bool IsPromoted { get; init; }

    /// <summary>Within what no two sites may have the same value.</summary>
    public ParameterScope Unique { get; init; }

    /// <summary>The parameter that names the network which the addresses are of; null for anything but addresses.</summary>
    public string? Network { get; init; }

    /// <summary>The fragment in which the scalars stand, which comes with a value; null for scalars of the template.</summary>
    public string? Fragment { get; init; }

    /// <summary>Whether it has one text as its value, which others may name.</summary>
    public bool IsText => !IsMap && !IsPromoted;

    /// <summary>Whether its value is entries by their keys, which are added to a mapping.</summary>
    public bool IsMap => Type is ParameterType.LabelMap or ParameterType.SettingMap;

    /// <summary>Whether the inventory may set it.</summary>
    public bool IsSettable => !IsPromoted && !IsFixed;

    /// <summary>Whether a site may have none.</summary>
    public bool IsOptional => Default is { Text: "" };
}

/// <summary>A scalar that a parameter sets, or a collection that a fragment or labels are added to.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Place">Where in the file.</param>
/// <param name="Position">Where it is said.</param>
internal sealed record ParameterPlace(string File, ScalarPlace Place, SourcePosition Position)
{
    /// <summary>The setting of the service that the scalar is; null when it is none.</summary>
    public string? Setting => File == SiteFiles.FaceDetector ? SettingOf(Place) : null;

    /// <summary>The setting that a scalar of the service's manifest is; null when it is none.</summary>
    public static string? SettingOf(ScalarPlace place) =>
        place is { Member: null } && place.Document == DetectorManifest.Settings && place.Path.Steps is [YamlPathStep.Key { Name: "data" }, YamlPathStep.Key { Name: var key }]
            ? key
            : null;

    /// <summary>Reads <c>file</c>, <c>document</c>, <c>path</c> and <c>member</c>; null when they name no place.</summary>
    public static ParameterPlace? Read(YamlMappingReader reader)
    {
        var (file, document, position) = ReadDocumentOf(reader);
        var (path, member) = (ReadPath(reader, "path", reader.RequiredText("path")), ReadPath(reader, "member", reader.Text("member") ?? ""));
        return path is null ? null : new ParameterPlace(file, new ScalarPlace(document, path, member), position);
    }

    /// <summary>Reads <c>file</c> and <c>document</c>: the whole document.</summary>
    public static ParameterPlace ReadDocument(YamlMappingReader reader)
    {
        var (file, document, position) = ReadDocumentOf(reader);
        return new ParameterPlace(file, new ScalarPlace(document, YamlPath.Of([])), position);
    }

    private static (string File, DocumentSelector Document, SourcePosition Position) ReadDocumentOf(YamlMappingReader reader)
    {
        var file = reader.RequiredText("file");
        var position = reader.Node("file")?.Start ?? default;
        if (file.Length > 0 && !SiteFiles.All.Contains(file))
        {
            reader.Fault("file", $"'{file}' is none of {string.Join(", ", SiteFiles.All)}");
        }

        var document = reader.RequiredText("document");
        if (document.Split('/') is not [{ Length: > 0 } kind, { Length: > 0 } name])
        {
            reader.Fault("document", $"'{document}' must be kind/name, such as ConfigMap/face-detector");
            (kind, name) = ("", "");
        }

        return (file, new DocumentSelector(kind, name), position);
    }

    private static YamlPath? ReadPath(YamlMappingReader reader, string key, string text)
    {
        try
        {
            return text.Length == 0 ? null : YamlPath.Parse(text);
        }
        catch (FormatException exception)
        {
            reader.Fault(key, exception.Message);
            return null;
        }
    }
}
