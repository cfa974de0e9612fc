using System.Globalization;
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

namespace FaceEdge.Benchmarks;

/// <summary>
/// <c>latency</c> measures what the latency gate gates, <c>budgets</c> the ratios that the project promises, <c>e2e</c> the whole
/// way of a film, <c>startup</c> published programs, <c>cameras</c> what cameras cost, <c>detectors</c> what their detectors do,
/// <c>planted</c> whether the gate sees slowdowns, <c>tracking</c> how steady boxes are, <c>privacy</c> what blur leaves open; anything else goes to BenchmarkDotNet, such as <c>--filter '*Detect*'</c> or
/// <c>--list tree</c>.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["latency", .. var rest]:
                return LatencyCommand.Run(rest);
            case ["e2e", .. var rest]:
                return await EndToEndCommand.RunAsync(rest);
            case ["predecessor", var film, var port]:
                return Predecessor.Run(film, int.Parse(port, CultureInfo.InvariantCulture));
            case ["startup", var tool, _, ..]:
                return await StartUpCommand.RunAsync(tool, args[2..]);
            case ["planted", .. var rest]:
                return await PlantedCommand.RunAsync(rest);
            case ["tracking", .. var rest]:
                return TrackingCommand.Run(rest);
            case ["cameras", .. var rest]:
                return await CamerasCommand.RunAsync(rest);
            case ["detectors", .. var rest]:
                return DetectorsCommand.Run(rest);
            case ["privacy", .. var rest]:
                return PrivacyCommand.Run(rest);
            case ["budgets"]:
                return BudgetsCommand.Run();
            default:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, MeasurementConfig.Create());
                return 0;
        }
    }
}
