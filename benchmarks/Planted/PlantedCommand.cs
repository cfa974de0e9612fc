using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using FaceEdge.Benchmarks.Latency;
using FaceEdge.CommandLine;
using FaceEdge.Deploy.LatencyGate.Decision;
using FaceEdge.Deploy.LatencyGate.Evidence;
using FaceEdge.Deploy.LatencyGate.Reports;
using FaceEdge.Deploy.LatencyGate.Running;
using FaceEdge.Deploy.LatencyGate.Statistics;

namespace FaceEdge.Benchmarks.Planted;

/// <summary>
/// <c>planted</c>: the latency gate by its own rules, several times for each of four planted slowdowns, in turns. Every
/// run leaves its report in FOLDER; called again, it goes on where it was stopped. Prints how often the gate failed.
/// </summary>
internal static class PlantedCommand
{
    private const int DefaultRuns = 30;

    /// <summary>What <c>deploy-tool gate</c> takes unless told otherwise.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(10);

    private static readonly double[] Shares = [0, 0.05, 0.1, 0.2];

    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Where the reports go; called again, it goes on where it was stopped." };
        var runs = new Option<int>("--runs") { Description = "Runs of each slowdown.", HelpName = "N", DefaultValueFactory = _ => DefaultRuns }.Between(1, 1000);
        var command = new Command("planted", "Measure how often the latency gate fails slowdowns of known size.") { folder, runs };
        command.SetAction((parse, _) => RunAsync(parse.GetRequiredValue(folder), parse.GetValue(runs)));
        return command;
    }

    private static async Task<int> RunAsync(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        var log = Path.Combine(folder, "runs.tsv");
        var done = File.Exists(log) ? File.ReadLines(log).Select(PlantedRun.Parse).ToList() : [];
        for (var number = 1; number <= count; number++)
        {
            foreach (var share in Shares.Where(share => !done.Exists(run => run.Number == number && run.Share == share)))
            {
                var run = await MeasureAsync(share, number, folder);
                done.Add(run);
                await File.AppendAllLinesAsync(log, [run.ToString()]);
                await Console.Error.WriteLineAsync(run.ToString());
            }
        }

        Print(done);
        return 0;
    }

    private static async Task<PlantedRun> MeasureAsync(double share, int number, string folder)
    {
        var rules = new GateRules();
        var seed = Random.Shared.Next();
        var started = Stopwatch.GetTimestamp();
        var source = new PairedProcesses(Runner(0), Runner(share), PairedProcesses.DefaultTurns, seed);
        var decision = await new SequentialGate(rules, Budget, TimeProvider.System, new Progress<string>()).RunAsync(source, CancellationToken.None);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var name = string.Create(CultureInfo.InvariantCulture, $"{1 + share:0.00}-{number:00}");
        ReportFolder.Write(
            Path.Combine(folder, name),
            LatencyReport.Of(decision, new GateSubject(), "the same without a planted slowdown", rules, seed, DateTimeOffset.UtcNow));
        var cpu = decision.Benchmarks.Single().Metrics.Single(metric => metric.Metric == Metric.Cpu);
        return new PlantedRun(share, number, decision.Verdict, cpu.Ratio, cpu.ControlRatio ?? 1, decision.Blocks, seconds, ThisMachine.LoadAverage());
    }

    private static RunnerCommand Runner(double share) => new(
        Environment.ProcessPath!,
        ["latency", "--turns", "--only", "detect", "--burn", share.ToString(CultureInfo.InvariantCulture)],
        Environment.CurrentDirectory);

    private static void Print(List<PlantedRun> runs)
    {
        Console.WriteLine($"{ThisMachine.Describe()}; load average {Range(runs.Select(run => run.Load), "0")}");
        Console.WriteLine();
        Console.WriteLine("| planted | runs | fail | pass | inconclusive | ratio of CPU time measured, median (range) | control (range) | more than 12 blocks | seconds, median (longest) |");
        Console.WriteLine("| ---: | ---: | ---: | ---: | ---: | --- | --- | ---: | --- |");
        foreach (var of in runs.GroupBy(run => run.Share).OrderBy(group => group.Key))
        {
            int Said(GateVerdict verdict) => of.Count(run => run.Verdict == verdict);
            var seconds = of.Select(run => run.Seconds).ToList();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {1 + of.Key:0.00} | {of.Count()} | {Said(GateVerdict.Fail)} | {Said(GateVerdict.Pass)} | {Said(GateVerdict.Inconclusive)} | {Quantile.Median(of.Select(run => run.Ratio)):0.000} ({Range(of.Select(run => run.Ratio), "0.000")}) | {Range(of.Select(run => run.Control), "0.000")} | {of.Count(run => run.Blocks > new GateRules().BlocksPerLook)} | {Quantile.Median(seconds):0} ({seconds.Max():0}) |"));
        }
    }

    private static string Range(IEnumerable<double> values, string format)
    {
        var all = values.ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{all.Min().ToString(format, CultureInfo.InvariantCulture)} to {all.Max().ToString(format, CultureInfo.InvariantCulture)}");
    }
}
