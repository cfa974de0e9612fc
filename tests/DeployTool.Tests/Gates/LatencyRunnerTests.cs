using System.Diagnostics;
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

    [Theory]
    [InlineData("cameras --help", 0, "")]
    [InlineData("cameras --counts 1,x", 2, "error: --counts is '1,x': whole numbers of at least 1, with commas: see FaceEdge.Benchmarks cameras --help")]
    [InlineData("cameras --service nonsense", 2, "error: --service is 'nonsense': NAME=PATH[,SETTING=VALUE...]: see FaceEdge.Benchmarks cameras --help")]
    [InlineData("latency --threads many", 2, "error: --threads is 'many': a whole number from 1 to 64: see FaceEdge.Benchmarks latency --help")]
    [InlineData("tracking /nowhere", 2, "error: FOLDER is '/nowhere': a folder with images/ and labels.json: see FaceEdge.Benchmarks tracking --help")]
    [InlineData("privacy /nowhere", 2, "error: FOLDER is '/nowhere': a folder with images/ and labels.json: see FaceEdge.Benchmarks privacy --help")]
    [InlineData("latensy", 2, "error: there is no command 'latensy'; did you mean latency?: see FaceEdge.Benchmarks --help")]
    public async Task Its_options_are_read_as_those_of_both_programs(string arguments, int status, string error)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Folder(), "FaceEdge.Benchmarks.dll"), .. arguments.Split(' ')])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((status, error), (process.ExitCode, (await said).TrimEnd()));
    }

    /// <summary>A kernel that does not count says zero, even of the time that this very process ran.</summary>
    private static bool CountsWaiting() => File.Exists(Scheduler) && !File.ReadAllText(Scheduler).StartsWith("0 ", StringComparison.Ordinal);

    private static string Folder() =>
        Path.Combine(Fleet.RepositoryRoot, "benchmarks", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0");
}
