using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;

namespace FaceEdge.Deploy.Rehearsal.Running;

/// <summary>Runs a program and hands on its lines as they come.</summary>
internal static class ShellProcess
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

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
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Utf8,
            StandardErrorEncoding = Utf8,
        };
        RepositoryVariables.RemoveFrom(start.Environment);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw DeployException.BadInput($"{program} cannot be run: {exception.Message}", $"install {program}, or put it on PATH", exception);
        }

        using (process)
        {
            process.StandardInput.Close();
            var gate = new Lock();
            var output = ReadAsync(process.StandardOutput, isError: false);
            var error = ReadAsync(process.StandardError, isError: true);
            try
            {
                await process.WaitForExitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }

            // What it left running may hold the pipes open: the last lines are waited for, but not for ever.
            await Task.WhenAny(Task.WhenAll(output, error), Task.Delay(TimeSpan.FromSeconds(5), cancellation));
            return process.ExitCode;

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
    }
}
