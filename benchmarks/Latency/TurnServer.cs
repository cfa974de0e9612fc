using System.Text.Json;
using FaceEdge.Deploy.LatencyGate;
using FaceEdge.Deploy.LatencyGate.Running;

namespace FaceEdge.Benchmarks.Latency;

/// <summary>The measured process's end of <see cref="RunnerProtocol"/>: sleeps in a read between turns.</summary>
internal sealed class TurnServer(IReadOnlyList<MeasuredOperation> operations, TextReader input, TextWriter output)
{
    public void Serve()
    {
        Write(JsonSerializer.Serialize(
            new RunnerReady(
                RunnerProtocol.Version,
                ThisMachine.Describe(),
                [.. operations.Select(operation => new RunnerBenchmark(operation.Name, operation.SamplesPerTurn))]),
            LatencyGateJson.Default.RunnerReady));

        while (input.ReadLine() is { } line)
        {
            var request = JsonSerializer.Deserialize(line, LatencyGateJson.Default.TurnRequest)
                ?? throw new InvalidOperationException("A turn was asked for with null.");
            var operation = operations.FirstOrDefault(operation => operation.Name == request.Benchmark)
                ?? throw new InvalidOperationException($"There is no benchmark {request.Benchmark}.");

            // Garbage of the protocol is collected outside the measured time.
            GC.Collect();
            Write(JsonSerializer.Serialize(operation.Measure(request.Samples), LatencyGateJson.Default.TurnResult));
        }
    }

    private void Write(string line)
    {
        output.WriteLine(line);
        output.Flush();
    }
}
