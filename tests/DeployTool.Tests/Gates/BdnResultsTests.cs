using FaceEdge.Deploy.LatencyGate;
using FaceEdge.Deploy.LatencyGate.BenchmarkDotNet;
using FaceEdge.Deploy.Tests.Commands;

namespace FaceEdge.Deploy.Tests.Gates;

public sealed class BdnResultsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("faceedge-bdn-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_launch_is_a_process_with_its_raw_iterations_per_operation()
    {
        var launches = BdnResults.Read(Write("a-report-full.json", 2, 1000));

        Assert.Equal(2, launches.Count);
        var samples = launches[0].Benchmarks["Suite.Detect"];
        Assert.Equal([1000, 1000], samples.Turns.Single());
        Assert.Equal(32, samples.AllocatedBytes);
        Assert.Equal("Test CPU, 2 cores, Linux X64, .NET 10.0", launches[0].Machine.ToString());
    }

    [Fact]
    public async Task Imported_launches_are_gated_and_the_report_says_that_they_did_not_take_turns()
    {
        using var repository = new GateRepository();
        var run = await Invocation.RunInAsync(
            repository.Root,
            "gate",
            "--base-results",
            Write("base-report-full.json", 12, 1000),
            "--head-results",
            Write("head-report-full.json", 12, 1200));

        Assert.Equal(1, run.Status);
        Assert.Contains("Suite.Detect Median is 1.200 x base", run.Output, StringComparison.Ordinal);
        Assert.Contains("note: imported results: the sides did not take turns", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1,2")]
    [InlineData("null")]
    [InlineData("""{"HostEnvironmentInfo":{"OsVersion":"a","ProcessorName":"b","LogicalCoreCount":1,"RuntimeVersion":"c","Architecture":"d"},"Benchmarks":[]}""")]
    public void File_of_another_kind_is_bad_input(string content)
    {
        var path = Path.Combine(_folder, "x.json");
        File.WriteAllText(path, content);

        Assert.False(Assert.Throws<LatencyGateException>(() => BdnResults.Read(path)).IsUnavailable);
    }

    [Fact]
    public void Folder_without_a_report_says_how_to_make_one() =>
        Assert.Contains("--exporters fulljson", Assert.Throws<LatencyGateException>(() => BdnResults.Read(_folder)).Remedy, StringComparison.Ordinal);

    [Fact]
    public void Sides_of_unequal_launches_are_not_paired()
    {
        var two = BdnResults.Read(Write("a-report-full.json", 2, 1000));

        Assert.Equal(
            "launches: base has 2 and head 1", Assert.Throws<LatencyGateException>(() => BdnResults.Pair(two, [two[0]])).Message);
    }

    private string Write(string name, int launches, int nanoseconds)
    {
        var measurements = Enumerable.Range(1, launches).SelectMany(launch => new[]
        {
            Measurement("Overhead", "Actual", launch, 1, 1),
            Measurement("Workload", "Warmup", launch, 1, 9 * nanoseconds),
            Measurement("Workload", "Actual", launch, 10, 10 * nanoseconds),
            Measurement("Workload", "Actual", launch, 20, 20 * nanoseconds),
            Measurement("Workload", "Result", launch, 10, 10 * nanoseconds),
        });
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, $$"""
            {"Title":"t","HostEnvironmentInfo":{"OsVersion":"Linux","ProcessorName":"Test CPU","LogicalCoreCount":2,"RuntimeVersion":".NET 10.0","Architecture":"X64"},
             "Benchmarks":[{"FullName":"Suite.Detect","Memory":{"BytesAllocatedPerOperation":32},"Measurements":[{{string.Join(',', measurements)}}]}]}
            """);
        return path;
    }

    private static string Measurement(string mode, string stage, int launch, int operations, int nanoseconds) =>
        $$"""{"IterationMode":"{{mode}}","IterationStage":"{{stage}}","LaunchIndex":{{launch}},"IterationIndex":1,"Operations":{{operations}},"Nanoseconds":{{nanoseconds}}}""";
}
