using FaceEdge.Deploy.LatencyGate.Decision;

namespace FaceEdge.Deploy.LatencyGate.Running;

/// <summary>
/// Measures a block with three fresh processes: base, head, and base again as control. Warmed up one after the other, in an order that
/// alternates between blocks, they then take turns of a tenth of a second in all six orders, so that neither drift nor a neighbour's
/// load favours a side.
/// </summary>
public sealed class PairedProcesses(RunnerCommand @base, RunnerCommand head, int turns, int seed) : IBlockSource
{
    /// <summary>A multiple of six: every side stands in every place equally often.</summary>
    public const int DefaultTurns = 12;

    public async Task<Block> MeasureAsync(int index, CancellationToken cancellation)
    {
        var schedule = new BlockSchedule(seed, index);
        var processes = new Dictionary<Side, RunnerProcess>();
        try
        {
            foreach (var side in schedule.StartOrder)
            {
                processes[side] = await RunnerProcess.StartAsync(side, side == Side.Head ? head : @base, cancellation);
            }

            return await TakeTurnsAsync(processes, schedule, cancellation);
        }
        finally
        {
            foreach (var process in processes.Values)
            {
                await process.DisposeAsync();
            }
        }
    }

    private async Task<Block> TakeTurnsAsync(Dictionary<Side, RunnerProcess> processes, BlockSchedule schedule, CancellationToken cancellation)
    {
        var results = processes.Keys.ToDictionary(side => side, _ => new Dictionary<string, List<TurnResult>>(StringComparer.Ordinal));
        foreach (var order in schedule.Turns(turns))
        {
            foreach (var benchmark in Offered(processes))
            {
                foreach (var side in order.Where(side => Offers(processes[side], benchmark)))
                {
                    var result = await processes[side].MeasureAsync(new(benchmark.Name, benchmark.SamplesPerTurn), cancellation);
                    if (!results[side].TryGetValue(benchmark.Name, out var taken))
                    {
                        results[side][benchmark.Name] = taken = [];
                    }

                    taken.Add(result);
                }
            }
        }

        var tellWaiting = results.Values.SelectMany(side => side.Values).SelectMany(taken => taken).All(result => result.WaitNanoseconds is not null);
        ProcessMeasurement Measured(Side side) => new(
            processes[side].Ready.Machine,
            results[side].ToDictionary(benchmark => benchmark.Key, benchmark => Samples(benchmark.Value, tellWaiting)));

        return new Block(Measured(Side.Base), Measured(Side.Head), Measured(Side.Control));
    }

    /// <summary>What base offers sets the count of samples; what only head has comes with its own.</summary>
    private static IEnumerable<RunnerBenchmark> Offered(Dictionary<Side, RunnerProcess> processes) =>
        processes[Side.Base].Ready.Benchmarks.UnionBy(processes[Side.Head].Ready.Benchmarks, benchmark => benchmark.Name);

    private static bool Offers(RunnerProcess process, RunnerBenchmark benchmark) => process.Ready.Benchmarks.Any(offered => offered.Name == benchmark.Name);

    /// <summary>
    /// What start-up leaves to be done lands in the first turns and only ever adds: the least turn is what an operation allocates.
    /// </summary>
    private static BenchmarkSamples Samples(List<TurnResult> turns, bool withoutWaiting) => new(
        [.. turns.Select(turn => withoutWaiting ? WithoutWaiting(turn) : turn.Nanoseconds)],
        [.. turns.Select(turn => turn.CpuNanoseconds)],
        turns.Min(turn => turn.AllocatedBytes));

    /// <summary>
    /// On a crowded machine an operation waits for a processor when the scheduler's slice ends within it: one a little longer than
    /// another, by far less than the margin, has several times its waits, and so its 95th percentile. What a neighbour takes is not ours.
    /// </summary>
    private static double[] WithoutWaiting(TurnResult turn) =>
        [.. turn.Nanoseconds.Zip(turn.WaitNanoseconds!, (nanoseconds, waited) => nanoseconds - waited)];
}
