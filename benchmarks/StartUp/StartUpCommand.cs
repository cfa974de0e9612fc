using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using FaceEdge.Benchmarks.Latency;
using FaceEdge.Deploy.LatencyGate.Statistics;

namespace FaceEdge.Benchmarks.StartUp;

/// <summary>
/// <c>startup</c>: how long published programs take to be of use: <c>deploy-tool --help</c>, and
/// <c>face-detector</c> until <c>--version</c> and until its first frame with boxes. The fastest of many runs is the one that nothing else disturbed.
/// </summary>
internal static class StartUpCommand
{
    private const int Runs = 30;

    public static Command Create()
    {
        var tool = new Argument<string>("TOOL") { Description = "A published deploy-tool." };
        var services = new Argument<string[]>("SERVICE") { Description = "Published services.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("startup", "Measure how long published programs take to be of use.") { tool, services };
        command.SetAction((parse, _) => RunAsync(parse.GetRequiredValue(tool), parse.GetRequiredValue(services)));
        return command;
    }

    private static async Task<int> RunAsync(string tool, string[] services)
    {
        Console.WriteLine($"{ThisMachine.Describe()}; {Runs} runs");
        Console.WriteLine();
        Console.WriteLine("| command | fastest ms | median ms |");
        Console.WriteLine("| --- | ---: | ---: |");
        Print("deploy-tool --help", tool, "--help");
        Print("face-detector --version", services[0], "--version");
        await ColdStart.PrintAsync(services);
        return 0;
    }

    private static void Print(string name, string program, string argument)
    {
        var times = Enumerable.Range(0, Runs).Select(_ => Time(program, argument)).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {times.Min():0} | {Quantile.Median(times):0} |"));
    }

    private static double Time(string program, string argument)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(program, argument) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? Stopwatch.GetElapsedTime(start).TotalMilliseconds
            : throw new InvalidOperationException($"{program} {argument} ended with {process.ExitCode}.");
    }
}
