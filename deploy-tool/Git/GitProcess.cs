using System.Collections.ObjectModel;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace FaceEdge.Deploy.Git;

/// <summary>
/// Runs the <c>git</c> executable in one repository. The executable rather than a library: credentials, proxies, hooks, signing and
/// trailers then behave exactly as they do for the people who share the repository.
/// </summary>
/// <param name="directory">Where git runs.</param>
/// <param name="environment">Variables for git beside those of this process, such as an index of its own; null for none.</param>
internal sealed class GitProcess(string directory, IReadOnlyDictionary<string, string>? environment = null)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public string Directory { get; } = directory;

    /// <summary>Runs git and answers its output.</summary>
    /// <exception cref="DeployException">Git is not installed, or says no.</exception>
    public async Task<string> RunAsync(CancellationToken cancellation, params string[] arguments)
    {
        var result = await TryAsync(cancellation, arguments);
        return result.Succeeded ? result.Output : throw Failed(arguments[0], result);
    }

    /// <summary>Runs git; its no is part of the answer.</summary>
    public Task<GitResult> TryAsync(CancellationToken cancellation, params string[] arguments) =>
        RunAsync(arguments, static _ => Task.CompletedTask, cancellation);

    /// <summary>Runs git with <paramref name="write"/> filling its standard input.</summary>
    public async Task<GitResult> RunAsync(IReadOnlyList<string> arguments, Func<Stream, Task> write, CancellationToken cancellation)
    {
        using var process = Start(arguments);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await WriteAsync(process, write);
            await process.WaitForExitAsync(cancellation);
            return new GitResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            Stop(process);
            throw;
        }
    }

    /// <summary>Starts git for a conversation over its standard streams; the caller owns the process.</summary>
    public Process Start(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("git", ["-C", Directory, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Utf8,
            StandardErrorEncoding = Utf8,
        };

        // Messages are matched, so that they must be in English; a prompt would hang a pipeline.
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["LANGUAGE"] = "C";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        foreach (var (name, value) in environment ?? ReadOnlyDictionary<string, string>.Empty)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw DeployException.BadInput($"git cannot be run: {exception.Message}", "install git and put it on PATH", exception);
        }
    }

    public static DeployException Failed(string command, GitResult result) =>
        DeployException.Undecided($"git {command} failed: {result.LastError}", "mend what git says and run the command again");

    private static async Task WriteAsync(Process process, Func<Stream, Task> write)
    {
        try
        {
            await using var input = process.StandardInput.BaseStream;
            await write(input);
        }
        catch (IOException)
        {
            // Git ended before it had read everything; why stands in its exit code and error output.
        }
    }

    private static void Stop(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It had ended already.
        }
    }
}
