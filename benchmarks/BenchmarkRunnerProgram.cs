using BenchmarkDotNet.Running;

namespace FaceEdge.Benchmarks;

internal static class BenchmarkRunnerProgram
{
    public static void Main(string[] args) => BenchmarkSwitcher.FromAssembly(typeof(BenchmarkRunnerProgram).Assembly).Run(args);
}
