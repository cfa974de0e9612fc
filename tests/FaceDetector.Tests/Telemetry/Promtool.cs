using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace FaceEdge.Tests.Telemetry;

/// <summary>Prometheus's own checker, and where what it checks is.</summary>
internal static class Promtool
{
    /// <summary>The folder telemetry/ of this repository.</summary>
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Here(), "../../../telemetry"));

    /// <summary>Ends the test where the machine has no Prometheus.</summary>
    public static void SkipIfAbsent() => Assert.SkipWhen(
        !Array.Exists(Environment.GetEnvironmentVariable("PATH")?.Split(':') ?? [], folder => File.Exists(Path.Combine(folder, "promtool"))), "promtool is not on PATH: install prometheus");

    /// <summary>Runs it to its end.</summary>
    /// <returns>Exit code, and all that it said.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string input, params string[] arguments)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var promtool = Process.Start(new ProcessStartInfo("promtool", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await promtool.StandardInput.WriteAsync(input);
        promtool.StandardInput.Close();
        var (output, error) = (promtool.StandardOutput.ReadToEndAsync(cancellation), promtool.StandardError.ReadToEndAsync(cancellation));
        await promtool.WaitForExitAsync(cancellation);
        return (promtool.ExitCode, await output + await error);
    }

    private static string Here([CallerFilePath] string source = "") => Path.GetDirectoryName(source)!;
}
