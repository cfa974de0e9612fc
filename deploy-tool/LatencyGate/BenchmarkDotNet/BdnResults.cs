using System.Text.Json;
using FaceEdge.Deploy.LatencyGate.Decision;

namespace FaceEdge.Deploy.LatencyGate.BenchmarkDotNet;

/// <summary>
/// Reads BenchmarkDotNet's full JSON as processes of the paired design: every launch of every file is one, in order of file name and
/// launch. Raw workload iterations are taken, before BenchmarkDotNet drops outliers.
/// </summary>
public static class BdnResults
{
    private const string Pattern = "*-report-full.json";

    /// <param name="path">A report, or a folder that is searched for them.</param>
    /// <exception cref="LatencyGateException">There is none, or it cannot be read.</exception>
    public static IReadOnlyList<ProcessMeasurement> Read(string path)
    {
        string[] files = Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path, Pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
            : [path];
        return files.Length > 0
            ? [.. files.SelectMany(file => Launches(ReadFile(file), file))]
            : throw LatencyGateException.Unusable($"{path} holds no {Pattern}", "run the benchmarks with --exporters fulljson");
    }

    /// <summary>The i-th process of base with the i-th of head.</summary>
    public static IReadOnlyList<Block> Pair(IReadOnlyList<ProcessMeasurement> @base, IReadOnlyList<ProcessMeasurement> head) =>
        @base.Count == head.Count
            ? [.. @base.Zip(head, (b, h) => new Block(b, h, Control: null))]
            : throw LatencyGateException.Unusable(
                $"launches: base has {@base.Count} and head {head.Count}", "run both with the same --launchCount, or the same number of times");

    private static BdnReport ReadFile(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return JsonSerializer.Deserialize(stream, LatencyGateJson.BenchmarkDotNet.BdnReport) is { } report && IsWhole(report)
                ? report
                : throw LatencyGateException.Unusable($"{file} is empty, or part of it is null", "give BenchmarkDotNet's full JSON report");
        }
        catch (JsonException exception)
        {
            throw LatencyGateException.Unusable(
                $"{file} is not BenchmarkDotNet's full JSON: {exception.Message}", "run the benchmarks with --exporters fulljson", exception);
        }
    }

    /// <summary>The serializer refuses a null member, and takes a null item of a list.</summary>
    private static bool IsWhole(BdnReport report) =>
        report.Benchmarks.All(benchmark => benchmark is not null && benchmark.Measurements.All(measurement => measurement is not null));

    private static IEnumerable<ProcessMeasurement> Launches(BdnReport report, string file)
    {
        var host = report.HostEnvironmentInfo;
        var machine = new MachineDescription(
            host.ProcessorName, host.LogicalCoreCount ?? 0, host.OsVersion, host.Architecture, host.RuntimeVersion);
        var launches = report.Benchmarks
            .SelectMany(benchmark => benchmark.Measurements.Where(IsRawWorkload), (benchmark, measurement) => (benchmark, measurement))
            .GroupBy(sample => sample.measurement.LaunchIndex)
            .OrderBy(launch => launch.Key)
            .ToList();
        if (launches.Count == 0)
        {
            throw LatencyGateException.Unusable($"{file} holds no workload measurements", "give the full JSON report, not the brief one");
        }

        return launches.Select(launch => new ProcessMeasurement(
            machine,
            launch.GroupBy(sample => sample.benchmark.FullName).ToDictionary(
                group => group.Key,
                group => Samples(group.First().benchmark, group.Select(sample => sample.measurement)))));
    }

    private static bool IsRawWorkload(BdnMeasurement measurement) =>
        measurement is { IterationMode: "Workload", IterationStage: "Actual", Operations: > 0, Nanoseconds: > 0 };

    private static BenchmarkSamples Samples(BdnBenchmark benchmark, IEnumerable<BdnMeasurement> measurements) => new(
        [[.. measurements.Select(measurement => measurement.Nanoseconds / measurement.Operations)]],
        CpuTurns: null,
        benchmark.Memory?.BytesAllocatedPerOperation);
}

/// <summary>The part of BenchmarkDotNet's full JSON report (<c>*-report-full.json</c>, 0.15) that the gate reads.</summary>
internal sealed record BdnReport(BdnHost HostEnvironmentInfo, IReadOnlyList<BdnBenchmark> Benchmarks);

/// <summary>One case; <see cref="FullName"/> holds type, method and parameters.</summary>
internal sealed record BdnBenchmark(string FullName, BdnMemory? Memory, IReadOnlyList<BdnMeasurement> Measurements);

/// <summary>One iteration: so many operations took so long. LaunchIndex counts the processes from 1.</summary>
internal sealed record BdnMeasurement(string IterationMode, string IterationStage, int LaunchIndex, int IterationIndex, long Operations, double Nanoseconds);

/// <summary>What the memory diagnoser found.</summary>
internal sealed record BdnMemory(long? BytesAllocatedPerOperation);

/// <summary>Where it was measured.</summary>
internal sealed record BdnHost(string OsVersion, string ProcessorName, int? LogicalCoreCount, string RuntimeVersion, string Architecture);
