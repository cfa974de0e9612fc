using System.CommandLine;
using System.Globalization;
using FaceEdge.CommandLine;
using FaceEdge.Deploy.LatencyGate.Statistics;

namespace FaceEdge.Benchmarks.Latency;

/// <summary>
/// <c>latency</c>: with <c>--turns</c> it answers the gate on standard input and output, without it
/// it measures for a few seconds and prints a table.
/// </summary>
internal static class LatencyCommand
{
    private const int TurnsOfTable = 20;

    public static Command Create()
    {
        var turns = new Option<bool>("--turns") { Description = "Answer the gate on standard input and output." };
        var model = new Option<string>("--model") { Description = "A model of the catalogue; the service's default if not given.", HelpName = "NAME" };
        var threads = new Option<int>("--threads") { Description = "Threads of one inference.", HelpName = "N", DefaultValueFactory = _ => 1 }.Between(1, 64);
        var only = new Option<string>("--only") { Description = "Measure this benchmark alone.", HelpName = "NAME" };
        var burn = new Option<double>("--burn") { Description = "Share of its time that detection wastes on top.", HelpName = "SHARE" }.Between(0, 10);
        var command = new Command("latency", "Measure what the latency gate gates: a table, or turns for the gate.") { turns, model, threads, only, burn };
        command.SetAction(parse => Run(new LatencyOptions(
            parse.GetValue(turns), parse.GetValue(model), parse.GetValue(threads), parse.GetValue(only), parse.GetValue(burn))));
        return command;
    }

    private static int Run(LatencyOptions options)
    {
        using var operations = MeasuredOperations.Create(options);
        foreach (var operation in operations.All)
        {
            operation.WarmUp();
        }

        if (options.AnswersGate)
        {
            new TurnServer(operations.All, Console.In, Console.Out).Serve();
        }
        else
        {
            PrintTable(operations.All);
        }

        return 0;
    }

    private static void PrintTable(IReadOnlyList<MeasuredOperation> operations)
    {
        Console.WriteLine(ThisMachine.Describe());
        Console.WriteLine($"{"benchmark",-34}{"CPU ms",12}{"median ms",12}{"p95 ms",12}{"bytes",8}");
        foreach (var operation in operations)
        {
            var turns = Enumerable.Range(0, TurnsOfTable).Select(_ => operation.Measure(operation.SamplesPerTurn)).ToList();
            var milliseconds = turns.SelectMany(turn => turn.Nanoseconds).Select(sample => sample / 1e6).ToList();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{operation.Name,-34}{Quantile.Median(turns.SelectMany(turn => turn.CpuNanoseconds)) / 1e6,12:0.000}{Quantile.Median(milliseconds),12:0.000}{Quantile.Of(milliseconds, 0.95),12:0.000}{turns.Min(turn => turn.AllocatedBytes),8}"));
        }
    }
}
