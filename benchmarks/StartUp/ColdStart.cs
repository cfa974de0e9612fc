using System.Globalization;
using FaceEdge.Benchmarks.EndToEnd;
using FaceEdge.Deploy.LatencyGate.Statistics;

namespace FaceEdge.Benchmarks.StartUp;

/// <summary>
/// From the start of a published service's process to the first frame with boxes at a viewer. The camera is the drawn scene;
/// <c>Imaging__Backend</c> in the environment picks the backend. Several services take turns, so that what else the machine does meets all of them.
/// </summary>
internal static class ColdStart
{
    private const int Rounds = 10;
    private const string DrawnScene = "demo:";

    public static async Task PrintAsync(IReadOnlyList<string> services)
    {
        Console.WriteLine();
        Console.WriteLine($"First frame with boxes, {Rounds} rounds:");
        Console.WriteLine();
        Console.WriteLine("| service | fastest s | median s | of it CPU s | of the first one's time |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        var starts = services.Select(_ => new List<(double Seconds, double Cpu)>()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < services.Count; i++)
            {
                using var server = await ServerProcess.StartServiceAsync(services[i], DrawnScene);
                starts[i].Add((server.FirstFrame.TotalSeconds, server.FirstFrameCpu.TotalSeconds));
            }
        }

        for (var i = 0; i < services.Count; i++)
        {
            var ratio = Quantile.Median(starts[i].Zip(starts[0], (one, first) => one.Seconds / first.Seconds));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {services[i]} | {starts[i].Min(start => start.Seconds):0.00} | {Quantile.Median(starts[i].Select(start => start.Seconds)):0.00} | {Quantile.Median(starts[i].Select(start => start.Cpu)):0.00} | {ratio:0.00} |"));
        }
    }
}
