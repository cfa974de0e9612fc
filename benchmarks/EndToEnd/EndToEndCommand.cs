using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using FaceEdge.Benchmarks.Latency;
using FaceEdge.CommandLine;
using FaceEdge.Deploy.LatencyGate.Statistics;

namespace FaceEdge.Benchmarks.EndToEnd;

/// <summary>
/// <c>e2e</c>: a 720p H.264 film through decoding, detection, painting, encoding and HTTP to
/// 1, 10 and 100 viewers, by the service and by the demo that it replaces, in turns within one run.
/// </summary>
internal static class EndToEndCommand
{
    /// <summary>Faster than either server can go.</summary>
    private const int UnpacedRate = 960;

    private const int CameraRate = 30;

    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var service = new Option<string>("--service") { Description = "A published service; the one of this build if not given.", HelpName = "PATH" };
        var seconds = new Option<int>("--seconds") { Description = "Seconds that a row is measured.", HelpName = "N", DefaultValueFactory = _ => 10 }.Between(1, 3600);
        var repeats = new Option<int>("--repeats") { Description = "Rounds.", HelpName = "N", DefaultValueFactory = _ => 3 }.Between(1, 100);
        var command = new Command("e2e", "Measure a film from camera to viewer, against the demo that the service replaces.") { service, seconds, repeats };
        command.SetAction((parse, _) => RunAsync(
            parse.GetValue(service) ?? Path.Combine(AppContext.BaseDirectory, "face-detector.dll"),
            TimeSpan.FromSeconds(parse.GetValue(seconds)),
            parse.GetValue(repeats)));
        return command;
    }

    private static async Task<int> RunAsync(string service, TimeSpan window, int repeats)
    {
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
            var frames = after.Frames.Zip(before.Frames, (last, first) => last - first).Average();
            var round = new Round(
                name,
                viewers,
                frames / elapsed,
                (after.Cpu - before.Cpu).TotalMilliseconds / frames,
                server.ResidentMegabytes,
                (after.Encoded - before.Encoded) / (after.Detected - before.Detected),
                server.FirstFrame,
                server.FirstFrameCpu);
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

    private static async Task<(long[] Frames, TimeSpan Cpu, double Encoded, double Detected)> SnapshotAsync(
        ServerProcess server, List<MjpegViewer> audience)
    {
        var counts = server.Stream.AbsolutePath.EndsWith(".mjpg", StringComparison.Ordinal);
        var encoded = counts ? await server.CounterAsync("faceedge_frames_encoded_total") : 0;
        var detected = counts ? await server.CounterAsync("faceedge_frames_detected_total") : 0;
        return ([.. audience.Select(viewer => viewer.Frames)], server.ProcessorTime, encoded, detected);
    }

    private static void Print(List<Round> rounds, int repeats, TimeSpan window)
    {
        Console.WriteLine($"{ThisMachine.Describe()}; medians of {repeats} rounds of {window.TotalSeconds:0} s");
        Console.WriteLine();
        Console.WriteLine("| server | viewers | frames/s | CPU ms a frame | resident MB | encodes a frame | first frame s | of it CPU s |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var group in rounds.GroupBy(round => (round.Server, round.Viewers)))
        {
            double Middle(Func<Round, double> value) => Quantile.Median(group.Select(value));
            var encodes = Middle(round => round.EncodesPerFrame);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {group.Key.Server} | {group.Key.Viewers} | {Middle(r => r.FramesPerSecond):0.0} | {Middle(r => r.CpuMilliseconds):0.0} | {Middle(r => r.Megabytes):0} | {(double.IsNaN(encodes) ? "" : encodes.ToString("0.00", CultureInfo.InvariantCulture))} | {Middle(r => r.FirstFrame.TotalSeconds):0.00} | {Middle(r => r.FirstFrameCpu.TotalSeconds):0.00} |"));
        }
    }
}
