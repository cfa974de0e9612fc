using System.Diagnostics;
using System.Globalization;
using FaceEdge.Fuzz.Mutation;
using SharpFuzz;

namespace FaceEdge.Fuzz.Running;

/// <summary>Runs each target in a process of its own over an instrumented copy of the program: a native crash ends that process, not the run.</summary>
internal sealed class FuzzRun
{
    /// <summary>The parts of the program that read what strangers send.</summary>
    private static readonly string[] Instrumented = ["face-detector.dll", "FaceEdge.Core.dll", "FaceEdge.Contracts.dll"];

    /// <summary>An input that takes longer has hung, even on a busy machine.</summary>
    private static readonly TimeSpan Cancellation = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly FuzzFiles _files;
    private readonly string _program;

    private FuzzRun(FuzzFiles files, string program)
    {
        _files = files;
        _program = program;
    }

    /// <summary>Copies this program into the work folder and instruments the parts under test.</summary>
    public static FuzzRun Prepare(FuzzFiles files)
    {
        var program = Path.Combine(files.Work, "program");
        if (Directory.Exists(program))
        {
            Directory.Delete(program, recursive: true);
        }

        CopyFolder(AppContext.BaseDirectory, program);
        foreach (var assembly in Instrumented)
        {
            Fuzzer.Instrument(Path.Combine(program, assembly), static _ => true, Options.Value);
        }

        return new FuzzRun(files, program);
    }

    /// <summary>Feeds one target for so long.</summary>
    /// <returns>One line of a table: target, seconds, inputs, corpus, branches, findings.</returns>
    public async Task<string> RunAsync(string target, TimeSpan time, int seed)
    {
        File.Delete(Path.Combine(_files.Work, "current"));
        using var current = _files.OpenCurrent();
        var watch = Stopwatch.StartNew();
        var deaths = 0;
        while (time - watch.Elapsed is { Ticks: > 0 } rest)
        {
            if (await RunProcessAsync(target, rest, seed + deaths, current) is not { } death)
            {
                break;
            }

            deaths++;
            var path = CorpusFolder.Write(_files.Findings, target, current.Input);
            await File.WriteAllTextAsync(path + ".txt", death);
            Console.WriteLine($"{target}: {death} ({path})");
        }

        var folder = Path.Combine(_files.Findings, target);
        var findings = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.txt").Length : 0;
        return FormattableString.Invariant(
            $"| {target} | {watch.Elapsed.TotalSeconds:F0} | {current.Count:N0} | {current.Corpus} | {current.Edges} | {findings} |");
    }

    /// <summary>Chooses the repository's inputs of a target again, of those that there are and those that were found.</summary>
    public async Task KeepAsync(string target)
    {
        using var process = Start(target);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            Console.WriteLine($"{target}: its inputs stay as they are, because one of those found ends the process");
        }
    }

    /// <summary>How the process died of an input, or null when it lived to its end.</summary>
    private async Task<string?> RunProcessAsync(string target, TimeSpan time, int seed, CurrentInput current)
    {
        using var process = Start(
            target, ((int)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture), seed.ToString(CultureInfo.InvariantCulture));
        var ended = process.WaitForExitAsync();
        var (count, since) = (current.Count, Stopwatch.GetTimestamp());
        while (await Task.WhenAny(ended, Task.Delay(Look)) != ended)
        {
            if (current.Count != count)
            {
                (count, since) = (current.Count, Stopwatch.GetTimestamp());
            }
            else if (Stopwatch.GetElapsedTime(since) > Cancellation)
            {
                process.Kill(entireProcessTree: true);
                await ended;
                return $"hung for {Cancellation.TotalSeconds} s";
            }
        }

        return process.ExitCode == 0 ? null : $"the process died with exit code {process.ExitCode}";
    }

    private Process Start(string target, params string[] loop) => Process.Start(
        "dotnet", [Path.Combine(_program, "FaceEdge.Fuzz.dll"), Arguments.Inside, target, _files.Work, _files.Corpus, .. loop]);

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
