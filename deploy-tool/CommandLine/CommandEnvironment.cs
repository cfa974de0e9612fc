using System.CommandLine;

namespace FaceEdge.Deploy.CommandLine;

/// <summary>What surrounds a command: where it stands, its clock, its streams. Tests pass their own.</summary>
internal sealed class CommandEnvironment : InvocationConfiguration
{
    public string WorkingDirectory { get; init; } = Environment.CurrentDirectory;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public TextReader Input { get; init; } = Console.In;
}
