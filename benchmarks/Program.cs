using BenchmarkDotNet.Running;
using FaceEdge.Benchmarks.Latency;

namespace FaceEdge.Benchmarks;

/// <summary>
/// <c>latency</c> measures what the latency gate gates; anything else goes to BenchmarkDotNet, such as <c>--filter '*Detect*'</c> or
/// <c>--list tree</c>.
/// </summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        switch (args)
        {
            case ["latency", .. var rest]:
                return LatencyCommand.Run(rest);
            default:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, MeasurementConfig.Create());
                return 0;
        }
    }
}
