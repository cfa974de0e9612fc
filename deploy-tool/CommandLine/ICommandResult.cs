using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace FaceEdge.Deploy.CommandLine;

/// <summary>
/// What a command found or did, as a value. The public properties are the JSON result; implement the members of this interface
/// explicitly so that they stay out of it.
/// </summary>
internal interface ICommandResult
{
    /// <summary>The verdict that the process exits with.</summary>
    ExitCode ExitCode { get; }

    /// <summary>What <c>--output json</c> writes: the result itself, unless it only shows a document of a library.</summary>
    object Document => this;

    /// <summary>Source-generated metadata of <see cref="Document"/>, for <c>--output json</c>.</summary>
    JsonTypeInfo JsonType { get; }

    /// <summary>The commit that the remote has because of this run, full hash; null when there is none. From then on nothing makes the command fail.</summary>
    string? Landed => null;

    /// <summary>Writes the result for people: tables, diffs, one line on what to do next.</summary>
    void Render(IAnsiConsole console);
}
