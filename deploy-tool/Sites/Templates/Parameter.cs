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

    /// <summary>Whether a site may have none.</summary>
    public bool IsOptional => Default is { Text: "" };
}

/// <summary>A scalar that a parameter sets.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Place">Which scalar of the file.</param>
/// <param name="Position">Where in parameters.yaml it says so.</param>
internal sealed record ParameterPlace(string File, ScalarPlace Place, SourcePosition Position)
{
    /// <summary>The setting of the service that the scalar is; null when it is none.</summary>
    public string? Setting =>
        File == SiteFiles.FaceDetector && Place is { Member: null } && Place.Document == DetectorManifest.Settings
        && Place.Path.Steps is [YamlPathStep.Key { Name: "data" }, YamlPathStep.Key { Name: var key }]
            ? key
            : null;
}
