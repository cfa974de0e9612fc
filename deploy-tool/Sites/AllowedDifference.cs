using System.Diagnostics.CodeAnalysis;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites;

/// <summary>A value, with everything below it, that may differ between environments.</summary>
/// <param name="Document">Which object.</param>
/// <param name="Path">Which value of it.</param>
internal sealed record AllowedDifference(DocumentSelector Document, YamlPath Path)
{
    /// <summary>Reads <c>Kind/name path</c>, such as <c>ConfigMap/face-detector data.Site__Name</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AllowedDifference? difference)
    {
        difference = null;
        if (text.Split(' ', 2) is not [var selector, var path] || selector.Split('/') is not [{ Length: > 0 } kind, { Length: > 0 } name])
        {
            return false;
        }

        try
        {
            difference = new AllowedDifference(new DocumentSelector(kind, name), YamlPath.Parse(path));
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>True for the path itself and for every path below it.</summary>
    public bool Covers(DocumentSelector document, YamlPath path) =>
        document == Document && path.Steps.Count >= Path.Steps.Count && Path.Steps.Zip(path.Steps).All(pair => pair.First == pair.Second);
}
