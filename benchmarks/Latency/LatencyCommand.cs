using System.Globalization;
using FaceEdge.Deploy.LatencyGate.Statistics;

namespace FaceEdge.Benchmarks.Latency;

/// <summary>
/// <c>latency [--turns] [--model NAME] [--threads N] [--only NAME]</c>: with <c>--turns</c> it answers the gate on standard input and output, without it
/// it measures for a few seconds and prints a table.
/// </summary>
internal static class LatencyCommand
{
    private const int TurnsOfTable = 20;

    public static int Run(ReadOnlySpan<string> args)
    {
        LatencyOptions options;
        try
        {
            options = LatencyOptions.Parse(args);
        }
        catch (FormatException exception)
        {
            Console.Error.WriteLine($"error: {exception.Message}");
            return 2;
        }

        try
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
        catch (InvalidOperationException exception)
        {
            Console.Error.WriteLine($"error: {exception.Message}");
            return 2;
        }
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
