using System.CommandLine;

namespace FaceEdge.Deploy.CommandLine;

/// <summary>What surrounds a command: where it stands, its clock, its streams. Tests pass their own.</summary>
internal sealed class CommandEnvironment : InvocationConfiguration
{
    public string WorkingDirectory { get; init; } = Environment.CurrentDirectory;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What a library's exception means to the operator; null for one that is not known, which is an error of the program.</summary>
    public Func<Exception, DeployException?> Explain { get; init; } = static _ => null;

    public TextReader Input { get; init; } = Console.In;
}
