using System.CommandLine;
using BenchmarkDotNet.Running;
using FaceEdge.Benchmarks.Budgets;
using FaceEdge.Benchmarks.Cameras;
using FaceEdge.Benchmarks.Detectors;
using FaceEdge.Benchmarks.EndToEnd;
using FaceEdge.Benchmarks.Latency;
using FaceEdge.Benchmarks.Planted;
using FaceEdge.Benchmarks.Privacy;
using FaceEdge.Benchmarks.StartUp;
using FaceEdge.Benchmarks.Tracking;
using FaceEdge.CommandLine;

namespace FaceEdge.Benchmarks;

/// <summary>Commands of our own by their names; options alone go to BenchmarkDotNet, such as <c>--filter '*Detect*'</c> or <c>--list tree</c>.</summary>
internal static class Program
{
    /// <summary>Wrong usage, or something that a measurement needs and that is not on this machine; as both programs have it.</summary>
    private const int BadInput = 2;

    public static async Task<int> Main(string[] args)
    {
        var root = CreateCommands();
        var parse = root.Parse(args);
        if (args is not [var first, ..] || (first.StartsWith('-') && first is not ("--help" or "-h")))
        {
            BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, MeasurementConfig.Create());
            return 0;
        }

        if (UsageError.Of(parse) is { } wrong)
        {
            return await FailAsync($"{wrong}: {UsageError.HelpOf(parse)}");
        }

        try
        {
            return await parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return await FailAsync(exception.Message);
        }
    }

    private static RootCommand CreateCommands() => new("Measures FaceEdge. Options alone, such as --filter '*' or --list tree, go to BenchmarkDotNet.")
    {
        LatencyCommand.Create(),
        BudgetsCommand.Create(),
        EndToEndCommand.Create(),
        Predecessor.Create(),
        StartUpCommand.Create(),
        CamerasCommand.Create(),
        DetectorsCommand.Create(),
        PlantedCommand.Create(),
        TrackingCommand.Create(),
        PrivacyCommand.Create(),
    };

    private static async Task<int> FailAsync(string message)
    {
        await Console.Error.WriteLineAsync($"error: {message}");
        return BadInput;
    }
}
