using FaceEdge.Deploy.CommandLine;

namespace FaceEdge.Deploy.Rehearsal.Syntax;

/// <summary>Where something of a pipeline was written.</summary>
/// <param name="File">Path from the top of the repository, with forward slashes.</param>
/// <param name="Line">Line, from 1.</param>
internal readonly record struct Place(string File, int Line)
{
    public static readonly Place Run = new("run", 0);

    /// <summary>The exception for a fault at this place: exit code 2.</summary>
    public DeployException Fault(string message, Exception? inner = null) =>
        DeployException.BadInput($"{this}: {message}", "fix it and run the rehearsal again", inner);

    public override string ToString() => Line == 0 ? File : $"{File}:{Line}";
}
