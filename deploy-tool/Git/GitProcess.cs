using System.Collections.ObjectModel;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using FaceEdge.Contracts;

namespace FaceEdge.Deploy.Git;

/// <summary>
/// Runs the <c>git</c> executable in one repository. The executable rather than a library: credentials, proxies, hooks, signing and
/// trailers then behave exactly as they do for the people who share the repository.
/// </summary>
/// <param name="directory">Where git runs.</param>
/// <param name="environment">Variables for git beside those of this process, such as an index of its own; null for none.</param>
internal sealed class GitProcess(string directory, IReadOnlyDictionary<string, string>? environment = null)
{
    public string Directory { get; } = directory;

    /// <summary>
    /// Longer than any step takes that a person or a hook has a part in (a push with its checks, a signature with its passphrase). It is there so
    /// that no pipeline waits for ever.
    /// </summary>
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(10);

    /// <summary>Runs git and returns its output.</summary>
    /// <exception cref="GitException">Git is not installed, or says no.</exception>
    public async Task<string> RunAsync(CancellationToken cancellation, params string[] arguments)
    {
        var result = await TryAsync(cancellation, arguments);
        return result.Succeeded ? result.Output : throw Failed(arguments[0], result);
    }

    /// <summary>Runs git; its no is part of the result.</summary>
    public Task<GitResult> TryAsync(CancellationToken cancellation, params string[] arguments) => TryAsync(DefaultLimit, cancellation, arguments);

    /// <summary>Runs git and stops it when it has not ended after <paramref name="limit"/>; either is part of the result.</summary>
    public Task<GitResult> TryAsync(TimeSpan limit, CancellationToken cancellation, params string[] arguments) =>
        RunAsync(arguments, null, limit, cancellation);

    /// <summary>Runs git with <paramref name="write"/> filling its standard input.</summary>
    public Task<GitResult> RunAsync(IReadOnlyList<string> arguments, Func<Stream, Task> write, CancellationToken cancellation) =>
        RunAsync(arguments, write, DefaultLimit, cancellation);

    /// <summary>Runs another program with the words on its standard input, such as the one that git signs with.</summary>
    /// <exception cref="Win32Exception">There is no such program.</exception>
    public Task<GitResult> RunProgramAsync(string program, IReadOnlyList<string> arguments, string input, CancellationToken cancellation)
    {
        var start = ChildProcess.Piped(program, arguments);
        start.WorkingDirectory = Directory;
        RepositoryVariables.RemoveFrom(start.Environment);
        return RunAsync(start, async stream => await stream.WriteAsync(Encoding.UTF8.GetBytes(input)), DefaultLimit, cancellation);
    }

    /// <summary>Starts git for a conversation over its standard streams; the caller owns the process.</summary>
    /// <exception cref="GitException">Git is not installed.</exception>
    public Process Start(IReadOnlyList<string> arguments)
    {
        try
        {
            return Process.Start(StartInfo(arguments))!;
        }
        catch (Win32Exception exception)
        {
            throw NotInstalled(exception);
        }
    }

    public static GitException Failed(string command, GitResult result) =>
        GitException.Unavailable($"git {command} failed: {result.Cause}", "fix what it says and run the command again");

    private async Task<GitResult> RunAsync(IReadOnlyList<string> arguments, Func<Stream, Task>? write, TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            return await RunAsync(StartInfo(arguments), write, limit, cancellation);
        }
        catch (Win32Exception exception)
        {
            throw NotInstalled(exception);
        }
    }

    private static async Task<GitResult> RunAsync(ProcessStartInfo start, Func<Stream, Task>? write, TimeSpan limit, CancellationToken cancellation)
    {
        var run = await ChildProcess.RunAsync(start, limit, cancellation, write);
        return new GitResult(run.ExitCode, run.Output, run.Error, run.Stopped);
    }

    private ProcessStartInfo StartInfo(IReadOnlyList<string> arguments)
    {
        var start = ChildProcess.Piped("git", arguments);
        start.WorkingDirectory = Directory;
        RepositoryVariables.RemoveFrom(start.Environment);

        // Messages are matched, so that they must be in English; a prompt would hang a pipeline.
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["LANGUAGE"] = "C";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        foreach (var (name, value) in environment ?? ReadOnlyDictionary<string, string>.Empty)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static GitException NotInstalled(Win32Exception exception) =>
        GitException.Unusable($"git cannot be run: {ChildProcess.StartFault(exception)}", "install git and put it on PATH", exception);
}
