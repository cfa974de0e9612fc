using System.Diagnostics;
using System.Globalization;
using FaceEdge.Benchmarks.Latency;
using FaceEdge.Deploy.LatencyGate.Statistics;

namespace FaceEdge.Benchmarks.EndToEnd;

/// <summary>
/// <c>e2e [--service PATH] [--seconds N] [--repeats N]</c>: a 720p H.264 film through decoding, detection, painting, encoding and HTTP to
/// 1, 10 and 100 viewers, by the service and by the demo that it replaces, in turns within one run.
/// </summary>
internal static class EndToEndCommand
{
    /// <summary>Faster than either server can go.</summary>
    private const int UnpacedRate = 960;

    private const int CameraRate = 30;

    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(string[] args)
    {
        var service = Value(args, "--service") ?? Path.Combine(AppContext.BaseDirectory, "face-detector.dll");
        var window = TimeSpan.FromSeconds(int.Parse(Value(args, "--seconds") ?? "10", CultureInfo.InvariantCulture));
        var repeats = int.Parse(Value(args, "--repeats") ?? "3", CultureInfo.InvariantCulture);
        using var clip = Clip.Create();
        var fast = clip.AtRate(UnpacedRate);
        var camera = clip.AtRate(CameraRate);
        var rounds = new List<Round>();
        for (var i = 0; i < repeats; i++)
        {
            rounds.Add(await MeasureAsync("service, unpaced", () => ServerProcess.StartServiceAsync(service, fast), 1, window));
            rounds.Add(await MeasureAsync("predecessor", () => ServerProcess.StartPredecessorAsync(fast), 1, window));
            foreach (var viewers in new[] { 1, 10, 100 })
            {
                rounds.Add(await MeasureAsync("service, 30 a second", () => ServerProcess.StartServiceAsync(service, camera), viewers, window));
            }

            rounds.Add(await MeasureAsync("predecessor", () => ServerProcess.StartPredecessorAsync(fast), 10, window));
        }

        Print(rounds, repeats, window);
        return 0;
    }

    private static async Task<Round> MeasureAsync(string name, Func<Task<ServerProcess>> startAsync, int viewers, TimeSpan window)
    {
        using var server = await startAsync();
        var audience = new List<MjpegViewer>();
        try
        {
            for (var i = 0; i < viewers; i++)
            {
                audience.Add(await MjpegViewer.ConnectAsync(server.Stream, CancellationToken.None));
            }

            await Task.Delay(Settle);
            var before = await SnapshotAsync(server, audience);
            var start = Stopwatch.GetTimestamp();
            await Task.Delay(window);
            var after = await SnapshotAsync(server, audience);
            var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var pictures = after.Pictures.Zip(before.Pictures, (last, first) => last - first).Average();
            var round = new Round(
                name,
                viewers,
                pictures / elapsed,
                (after.Cpu - before.Cpu).TotalMilliseconds / pictures,
                server.ResidentMegabytes,
                (after.Encoded - before.Encoded) / (after.Detected - before.Detected),
                server.FirstPicture,
                server.FirstPictureCpu);
            Console.Error.WriteLine(round);
            return round;
        }
        finally
        {
            foreach (var viewer in audience)
            {
                await viewer.DisposeAsync();
            }
        }
    }

    private static async Task<(long[] Pictures, TimeSpan Cpu, double Encoded, double Detected)> SnapshotAsync(
        ServerProcess server, List<MjpegViewer> audience)
    {
        var counts = server.Stream.AbsolutePath.EndsWith(".mjpg", StringComparison.Ordinal);
        var encoded = counts ? await server.CounterAsync("faceedge_frames_encoded_total") : 0;
        var detected = counts ? await server.CounterAsync("faceedge_frames_detected_total") : 0;
        return ([.. audience.Select(viewer => viewer.Pictures)], server.ProcessorTime, encoded, detected);
    }

    private static void Print(List<Round> rounds, int repeats, TimeSpan window)
    {
        Console.WriteLine($"{ThisMachine.Describe()}; medians of {repeats} rounds of {window.TotalSeconds:0} s");
        Console.WriteLine();
        Console.WriteLine("| server | viewers | frames/s | CPU ms a frame | resident MB | encodes a frame | first picture s | of it CPU s |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var group in rounds.GroupBy(round => (round.Server, round.Viewers)))
        {
            double Middle(Func<Round, double> value) => Quantile.Median(group.Select(value));
            var encodes = Middle(round => round.EncodesPerFrame);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {group.Key.Server} | {group.Key.Viewers} | {Middle(r => r.FramesPerSecond):0.0} | {Middle(r => r.CpuMilliseconds):0.0} | {Middle(r => r.Megabytes):0} | {(double.IsNaN(encodes) ? "" : encodes.ToString("0.00", CultureInfo.InvariantCulture))} | {Middle(r => r.FirstPicture.TotalSeconds):0.00} | {Middle(r => r.FirstPictureCpu.TotalSeconds):0.00} |"));
        }
    }

    private static string? Value(string[] args, string name)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
