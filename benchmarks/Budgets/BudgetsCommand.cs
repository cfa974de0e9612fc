using System.CommandLine;
using System.Globalization;
using FaceEdge.Benchmarks.Latency;
using FaceEdge.Deploy.LatencyGate.Running;
using FaceEdge.Deploy.LatencyGate.Statistics;

namespace FaceEdge.Benchmarks.Budgets;

/// <summary>
/// <c>budgets</c>: the budgets that are ratios of two operations, measured in turns within one process and one minute, by processor time
/// and by the clock on the wall. Interleaved, so that it also serves on a machine that does other work; BenchmarkDotNet runs its cases
/// one after the other and wants a quiet one.
/// </summary>
internal static class BudgetsCommand
{
    /// <summary>As many as the exact interval takes.</summary>
    private const int Turns = SignFlipTest.MaxCount;

    private const double Confidence = 0.98;

    public static Command Create()
    {
        var command = new Command("budgets", "Measure the budgets that are ratios of two operations, in turns: 1 where one is not met.");
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        using var workload = new BudgetWorkload();
        Console.WriteLine($"{ThisMachine.Describe()}; one thread; {Turns} turns");
        Console.WriteLine();
        Console.WriteLine("| what | CPU ms | reference CPU ms | ratio of CPU time | ratio of time | goal | met | bytes |");
        Console.WriteLine("| --- | ---: | ---: | --- | --- | --- | --- | ---: |");
        var allMet = true;
        foreach (var budget in workload.Budgets)
        {
            budget.Numerator.WarmUp();
            budget.Denominator.WarmUp();
            allMet &= Print(budget);
        }

        return allMet ? 0 : 1;
    }

    private static bool Print(Budget budget)
    {
        var turns = Enumerable.Range(0, Turns).Select(turn => Take(budget, turn)).ToList();
        var cpu = Ratio(turns, answer => answer.CpuNanoseconds);
        var wall = Ratio(turns, answer => answer.Nanoseconds);
        var met = budget.IsMet(Math.Exp(cpu.Centre));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {budget.What} | {Milliseconds(turns.Select(turn => turn.Numerator)):0.000} | {Milliseconds(turns.Select(turn => turn.Denominator)):0.000} | {Text(cpu)} | {Text(wall)} | {(budget.AtMost ? "≤" : "≥")} {budget.Goal:0.00} | {(met ? "yes" : "no")} | {turns.Min(turn => turn.Numerator.AllocatedBytes)} |"));
        return met;
    }

    private static (TurnResult Numerator, TurnResult Denominator) Take(Budget budget, int turn)
    {
        if (turn % 2 == 0)
        {
            var first = budget.Numerator.Measure(budget.Numerator.SamplesPerTurn);
            return (first, budget.Denominator.Measure(budget.Denominator.SamplesPerTurn));
        }

        var denominator = budget.Denominator.Measure(budget.Denominator.SamplesPerTurn);
        return (budget.Numerator.Measure(budget.Numerator.SamplesPerTurn), denominator);
    }

    private static HodgesLehmann Ratio(List<(TurnResult Numerator, TurnResult Denominator)> turns, Func<TurnResult, double[]> samples) =>
        HodgesLehmann.Of(
            [.. turns.Select(turn => Math.Log(Quantile.Median(samples(turn.Numerator)) / Quantile.Median(samples(turn.Denominator))))], Confidence);

    private static double Milliseconds(IEnumerable<TurnResult> turns) => Quantile.Median(turns.SelectMany(turn => turn.CpuNanoseconds)) / 1e6;

    private static string Text(HodgesLehmann log) => string.Create(
        CultureInfo.InvariantCulture, $"{Math.Exp(log.Centre):0.00} ({Math.Exp(log.Low):0.00} to {Math.Exp(log.High):0.00})");
}
