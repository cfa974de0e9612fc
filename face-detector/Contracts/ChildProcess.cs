using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace FaceEdge.Contracts;

/// <summary>
/// Runs other programs within a time limit, whatever they and those that they started do. Code that talks with a program while it runs owns the process,
/// and ends it here.
/// </summary>
internal static class ChildProcess
{
    /// <summary>For what others hold open after the process has ended, such as a process that a hook left behind.</summary>
    private static readonly TimeSpan StreamLimit = TimeSpan.FromSeconds(3);

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>A program with its three streams as pipes, UTF-8.</summary>
    /// <param name="program">Executable, from PATH where it has no folder.</param>
    /// <param name="arguments">Unquoted.</param>
    public static ProcessStartInfo Piped(string program, params IEnumerable<string> arguments) => new(Locate(program) ?? program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardOutputEncoding = Utf8,
        StandardErrorEncoding = Utf8,
    };

    /// <summary>
    /// Gives the program its input and waits for its end; stops it and all that it started when <paramref name="limit"/> is over. What it had said
    /// until then is part of the result.
    /// </summary>
    /// <param name="start">Made by <see cref="Piped"/>.</param>
    /// <param name="limit">How long it may run.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="write">Fills its standard input; null for none.</param>
    /// <exception cref="Win32Exception">There is no such program.</exception>
    public static async Task<ProcessResult> RunAsync(ProcessStartInfo start, TimeSpan limit, CancellationToken cancellation, Func<Stream, Task>? write = null)
    {
        var (output, error) = (new StringBuilder(), new StringBuilder());
        var exitCode = await RunAsync(start, write, (reader, isError, over) => CollectAsync(reader, isError ? error : output, over), limit, cancellation);
        return new ProcessResult(exitCode ?? -1, output.ToString(), error.ToString(), exitCode is null ? limit : null);
    }

    /// <summary>Runs a program without input, however long it takes, and hands on its lines as they come.</summary>
    /// <param name="start">Made by <see cref="Piped"/>.</param>
    /// <param name="onLine">
    /// Takes each line, and whether it went to standard error; called by one thread at a time, and still while something runs that the program left behind.
    /// </param>
    /// <param name="cancellation">Stops it and all that it started.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="Win32Exception">There is no such program.</exception>
    public static async Task<int> RunAsync(ProcessStartInfo start, Action<string, bool> onLine, CancellationToken cancellation)
    {
        var gate = new Lock();
        return (await RunAsync(start, null, HandOnAsync, Timeout.InfiniteTimeSpan, cancellation))!.Value;

        async Task HandOnAsync(StreamReader reader, bool isError, CancellationToken over)
        {
            try
            {
                await ReadAsync(reader, isError).WaitAsync(over);
            }
            catch (OperationCanceledException)
            {
                // Another process still holds the stream open, and a broken pipe would end it if nobody read on.
            }
        }

        async Task ReadAsync(StreamReader reader, bool isError)
        {
            while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
            {
                lock (gate)
                {
                    onLine(line, isError);
                }
            }
        }
    }

    /// <summary>
    /// The program's place on PATH; null where it is not there, names a folder itself, or on Windows, which looks for it by rules of its own. .NET looks in
    /// the current folder first, which runs what lies there by that name, and fails where that folder is gone.
    /// </summary>
    public static string? Locate(string program) =>
        OperatingSystem.IsWindows() || program.Contains('/', StringComparison.Ordinal) ? null : Find(program, FoldersOfPath());

    /// <summary>The place of a program that was built or installed with this one: beside it, else on PATH; null where it is in neither.</summary>
    public static string? LocateCompanion(string program) =>
        Find(OperatingSystem.IsWindows() ? program + ".exe" : program, FoldersOfPath().Prepend(AppContext.BaseDirectory));

    /// <summary>Why a program could not be started, in the system's words alone: .NET's message names the program and the folder again.</summary>
    public static string StartFault(Win32Exception exception) => new Win32Exception(exception.NativeErrorCode).Message;

    /// <summary>Asks a process to end, as an operator's SIGTERM does.</summary>
    public static void Terminate(Process process)
    {
        if (OperatingSystem.IsWindows())
        {
            Kill(process);
            return;
        }

        using var kill = Process.Start(new ProcessStartInfo("kill", [process.Id.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardError = true })!;
        kill.WaitForExit();
    }

    /// <summary>Asks a process to end, and ends it and all that it started when it has not after <paramref name="grace"/>.</summary>
    public static async Task StopAsync(Process process, TimeSpan grace)
    {
        if (process.HasExited)
        {
            return;
        }

        Terminate(process);
        using var over = new CancellationTokenSource(grace);
        try
        {
            await process.WaitForExitAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>Ends a process and all that it started.</summary>
    public static void Kill(Process process)
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

    private static string[] FoldersOfPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The first of the folders' files of this name that may be executed: a package of tools holds files that nobody may.</summary>
    private static string? Find(string file, IEnumerable<string> folders) => folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(IsExecutable);

    private static bool IsExecutable(string path)
    {
        const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Executable) != 0);
    }

    /// <returns>The exit code; null when the process was stopped at the limit.</returns>
    private static async Task<int?> RunAsync(
        ProcessStartInfo start,
        Func<Stream, Task>? write,
        Func<StreamReader, bool, CancellationToken, Task> read,
        TimeSpan limit,
        CancellationToken cancellation)
    {
        using var process = Process.Start(start)!;
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(limit);
        var streams = Task.WhenAll(read(process.StandardOutput, false, time.Token), read(process.StandardError, true, time.Token));
        var isStopped = false;
        try
        {
            // A process that does not read what it is given is stopped too, which ends the write.
            await using (time.Token.Register(() => Kill(process)))
            {
                await WriteAsync(process, write);
                await process.WaitForExitAsync(time.Token);
            }

            // One that was stopped while it was written to has ended, too.
            isStopped = time.IsCancellationRequested;
            time.CancelAfter(StreamLimit);
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            isStopped = true;
        }

        await streams;
        cancellation.ThrowIfCancellationRequested();
        return isStopped ? null : process.ExitCode;
    }

    private static async Task WriteAsync(Process process, Func<Stream, Task>? write)
    {
        try
        {
            await using var input = process.StandardInput.BaseStream;
            await (write?.Invoke(input) ?? Task.CompletedTask);
        }
        catch (IOException)
        {
            // It ended before it had read everything; its exit code and error output say why.
        }
    }

    /// <summary>Reads to the end, or until it is cancelled; what was read until then stays.</summary>
    private static async Task CollectAsync(StreamReader reader, StringBuilder text, CancellationToken over)
    {
        var buffer = new char[4096];
        try
        {
            while (await reader.ReadAsync(buffer, over) is > 0 and var count)
            {
                text.Append(buffer, 0, count);
            }
        }
        catch (OperationCanceledException)
        {
            // Another process still holds the stream open.
        }
    }
}

/// <summary>What a run of a program came to.</summary>
/// <param name="ExitCode">Its own; -1 when it was stopped.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Stopped">How long it had run when it was stopped; null when it ended by itself.</param>
internal sealed record ProcessResult(int ExitCode, string Output, string Error, TimeSpan? Stopped);
