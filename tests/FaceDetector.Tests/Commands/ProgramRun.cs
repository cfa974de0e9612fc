using System.Diagnostics;

namespace FaceEdge.Tests.Commands;

/// <summary>The program as a process of its own, run to its end.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Runs it.</summary>
    /// <param name="environment">Variables to set; null takes one away.</param>
    /// <param name="before">A program and its arguments that run this one, such as unshare; empty for none.</param>
    /// <param name="args">Of the program.</param>
    public static async Task<ProgramRun> RunAsync(IReadOnlyDictionary<string, string?> environment, string[] before, params string[] args)
    {
        using var process = Start(environment, before, args);
        var output = process.StandardOutput.ReadToEndAsync(Cancelled);
        var error = await process.StandardError.ReadToEndAsync(Cancelled);
        await process.WaitForExitAsync(Cancelled);
        return new ProgramRun(process.ExitCode, await output, error);
    }

    /// <summary>Starts it; the caller ends it.</summary>
    public static Process Start(IReadOnlyDictionary<string, string?> environment, string[] before, params string[] args)
    {
        string[] command = [.. before, "dotnet", Path.Combine(AppContext.BaseDirectory, "face-detector.dll"), .. args];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
