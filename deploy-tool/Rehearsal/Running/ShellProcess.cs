using System.ComponentModel;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;

namespace FaceEdge.Deploy.Rehearsal.Running;

/// <summary>Runs a program of a step, which knows no repository but its own, and hands on its lines as they come.</summary>
internal static class ShellProcess
{
    /// <remarks>
    /// <c>program</c>: executable, from PATH where it has no folder.
    /// <c>onLine</c>: takes each line, and whether it went to standard error; called by one thread at a time.
    /// </remarks>
    /// <returns>The exit code.</returns>
    /// <exception cref="DeployException">The program cannot be started.</exception>
    public static async Task<int> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        string directory,
        IEnumerable<KeyValuePair<string, string>> environment,
        Action<string, bool> onLine,
        CancellationToken cancellation)
    {
        var start = ChildProcess.Piped(program, arguments);
        start.WorkingDirectory = directory;
        RepositoryVariables.RemoveFrom(start.Environment);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return await ChildProcess.RunAsync(start, onLine, cancellation);
        }
        catch (Win32Exception exception)
        {
            throw DeployException.BadInput($"{program} cannot be run: {ChildProcess.StartFault(exception)}", $"install {program}, or put it on PATH", exception);
        }
    }
}
