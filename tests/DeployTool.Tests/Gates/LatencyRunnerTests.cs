using FaceEdge.Deploy.LatencyGate.Decision;
using FaceEdge.Deploy.LatencyGate.Running;
using FaceEdge.TestFleet;

namespace FaceEdge.Deploy.Tests.Gates;

/// <summary>The project's own latency runner, as the gate starts it.</summary>
public sealed class LatencyRunnerTests
{
    private const string Scheduler = "/proc/self/schedstat";

    [Fact]
    public async Task Runner_measures_what_is_gated_and_tells_waiting_apart_where_the_system_does()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var runner = await RunnerProcess.StartAsync(Side.Head, RunnerCommand.Published(Folder()), cancellation);

        Assert.Equal(["detect", "annotate"], runner.Ready.Benchmarks.Select(benchmark => benchmark.Name));
        foreach (var benchmark in runner.Ready.Benchmarks)
        {
            var turn = await runner.MeasureAsync(new TurnRequest(benchmark.Name, 5), cancellation);

            Assert.Equal(CountsWaiting(), turn.WaitNanoseconds is not null);
        }
    }

    /// <summary>A kernel that does not count says zero, even of the time that this very process ran.</summary>
    private static bool CountsWaiting() => File.Exists(Scheduler) && !File.ReadAllText(Scheduler).StartsWith("0 ", StringComparison.Ordinal);

    private static string Folder() =>
        Path.Combine(Fleet.RepositoryRoot, "benchmarks", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0");
}
