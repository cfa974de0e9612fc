using System.Diagnostics;
using FaceEdge.Contracts;

namespace FaceEdge.Deploy.LatencyGate.Running;

/// <summary>How a side's measured process is started.</summary>
/// <param name="FileName">The program.</param>
/// <param name="Arguments">Its arguments, unquoted.</param>
/// <param name="WorkingDirectory">Where it runs, absolute.</param>
public sealed record RunnerCommand(string FileName, IReadOnlyList<string> Arguments, string WorkingDirectory)
{
    /// <summary>A command line as one types it, split by the system's shell.</summary>
    public static RunnerCommand Shell(string commandLine, string workingDirectory) => OperatingSystem.IsWindows()
        ? new("cmd.exe", ["/d", "/c", commandLine], workingDirectory)
        : new("/bin/sh", ["-c", $"exec {commandLine}"], workingDirectory);

    /// <summary>The latency runner of a published benchmarks folder.</summary>
    public static RunnerCommand Published(string folder) => new("dotnet", [Path.Combine(folder, "FaceEdge.Benchmarks.dll"), "latency", "--turns"], folder);

    public ProcessStartInfo ToStartInfo()
    {
        var start = ChildProcess.Piped(FileName, Arguments);
        start.WorkingDirectory = WorkingDirectory;
        return start;
    }

    public override string ToString() => string.Join(' ', [FileName, .. Arguments]);
}

/// <summary>One side of the comparison, ready to be measured.</summary>
/// <param name="Name">For the report: a commit, or the command.</param>
/// <param name="Command">Starts a fresh measured process.</param>
public sealed record GateSide(string Name, RunnerCommand Command);
