using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Validation;

/// <summary>How much a finding weighs.</summary>
internal enum Severity
{
    /// <summary>The site would refuse the file, break, or leak; validation fails.</summary>
    Error,

    /// <summary>The site may be right in a way that these files do not show.</summary>
    Warning,
}

/// <summary>One thing that is wrong in one place.</summary>
/// <param name="Rule">Id of the rule, such as FE3001.</param>
/// <param name="Severity">How much it weighs.</param>
/// <param name="File">Path from the sites folder, with forward slashes.</param>
/// <param name="Position">Where in the file.</param>
/// <param name="Message">What is wrong, in one line.</param>
/// <param name="Remedy">What to do, in one line.</param>
internal sealed record Finding(string Rule, Severity Severity, string File, SourcePosition Position, string Message, string Remedy)
{
    public override string ToString() => $"{File}:{Position}: {Rule}: {Message}";
}
