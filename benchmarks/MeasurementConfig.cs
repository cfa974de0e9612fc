using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using Perfolizer.Mathematics.OutlierDetection;

namespace FaceEdge.Benchmarks;

/// <summary>What every BenchmarkDotNet suite here shares.</summary>
internal static class MeasurementConfig
{
    /// <summary>Results go outside the work tree, where they can never be committed by mistake.</summary>
    private static readonly string ArtifactsPath = Path.Combine(Path.GetTempPath(), "faceedge-benchmarks");

    public static IConfig Create() => ManualConfig.CreateEmpty()
        .WithArtifactsPath(ArtifactsPath)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddColumn(StatisticColumn.Median, StatisticColumn.P95)
        .HideColumns(
            Column.Job, Column.InvocationCount, Column.IterationCount, Column.LaunchCount, Column.RunStrategy, Column.UnrollFactor, Column.WarmupCount)
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddLogger(ConsoleLogger.Default)
        .AddExporter(MarkdownExporter.GitHub, JsonExporter.Full)
        .AddAnalyser([.. DefaultConfig.Instance.GetAnalysers()])
        .AddValidator([.. DefaultConfig.Instance.GetValidators()])
        .AddJob(Job.Default.WithOutlierMode(OutlierMode.DontRemove).AsDefault())
        .WithOptions(ConfigOptions.JoinSummary);
}
