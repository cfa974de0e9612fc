using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using FaceEdge.Benchmarks.EndToEnd;
using FaceEdge.Benchmarks.Latency;
using FaceEdge.Deploy.LatencyGate.Statistics;

namespace FaceEdge.Benchmarks.Cameras;

/// <summary>
/// <c>cameras</c>: what 1, 4, 8, 16 and 32 cameras cost, each a 720p H.264 film at 15 frames/s, by all processor time of the service and its ffmpegs against bare
/// decoding, bare <c>Run</c> and bare encoding of the same frames. Bare work is measured before every row, so that what else the machine does meets both.
/// </summary>
internal static class CamerasCommand
{
    private const int CameraRate = 15;

    /// <summary>Until what runs often has been compiled for good, which goes on beside the first frames.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var options = new CamerasOptions();
        var command = new Command("cameras", "Measure what cameras cost, against bare decoding, Run and encoding of the same frames.");
        options.AddTo(command);
        command.SetAction((parse, _) => RunAsync(options.Read(parse)));
        return command;
    }

    private static async Task<int> RunAsync(CamerasComparison options)
    {
        using var clip = Clip.CreateOfCamera();
        var film = clip.AtRate(CameraRate);
        using var bare = new BareWork(film, Clip.Frames);
        var paced = new PacedWork(film, CameraRate, TimeSpan.FromSeconds(options.Seconds)).Measure(bare.Run);
        var rows = new List<CameraRow>();
        var costs = new List<BareCost>();
        for (var repeat = 0; repeat < options.Repeats; repeat++)
        {
            foreach (var cameras in options.Counts)
            {
                foreach (var viewers in options.Viewers)
                {
                    // Every other time the other way round: what drifts meets each service first and last.
                    foreach (var service in repeat % 2 == 0 ? options.Services : options.Services.Reverse())
                    {
                        costs.Add(bare.Measure());
                        rows.Add(await MeasureAsync(service, film, cameras, viewers, TimeSpan.FromSeconds(options.Seconds), costs[^1]));
                        Console.Error.WriteLine(rows[^1]);
                    }
                }
            }
        }

        Print(options, rows, costs, paced);
        return 0;
    }

    private static async Task<CameraRow> MeasureAsync(Service service, string film, int cameras, int viewers, TimeSpan window, BareCost bare)
    {
        var settings = new Dictionary<string, string>(service.Settings);
        for (var i = 1; i <= cameras; i++)
        {
            settings[FormattableString.Invariant($"Cameras__c{i:00}__Url")] = film;
        }

        using var server = await ServerProcess.StartServiceAsync(service.Command, settings, "cameras/c01/stream.mjpg");
        await server.LiveAsync(cameras);
        var audience = new List<MjpegViewer>();
        try
        {
            for (var i = 0; i < viewers; i++)
            {
                audience.Add(await MjpegViewer.ConnectAsync(server.Stream, CancellationToken.None));
            }

            // Answering, and compiling what answers, costs the service as much as a hundred frames: counted well before and after, and told by the rate.
            var counting = Stopwatch.GetTimestamp();
            var before = await CountAsync(server);
            await Task.Delay(Settle);
            var used = ProcessorTime(server);
            var start = Stopwatch.GetTimestamp();
            await Task.Delay(window);
            var usedAfter = ProcessorTime(server);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var share = seconds / Stopwatch.GetElapsedTime(counting).TotalSeconds;
            var after = await CountAsync(server);
            var frames = (after.Frames - before.Frames) * share;
            var (own, ffmpeg) = ((usedAfter.Own - used.Own).TotalMilliseconds, (usedAfter.Ffmpeg - used.Ffmpeg).TotalMilliseconds);
            var least = (frames * (bare.Decode + bare.Run)) + ((after.Encoded - before.Encoded) * share * bare.Encode);
            var tree = ProcessTree.Of(server.Id);
            return new CameraRow(
                service.Name,
                cameras,
                viewers,
                (own + ffmpeg) / 1000 / seconds,
                own / frames,
                ffmpeg / frames,
                (own + ffmpeg) / least,
                (after.Dropped - before.Dropped) * share / frames,
                frames / seconds / cameras,
                ProcessTree.ProportionalMegabytes([server.Id]),
                ProcessTree.ProportionalMegabytes(tree.Skip(1)));
        }
        finally
        {
            foreach (var viewer in audience)
            {
                await viewer.DisposeAsync();
            }
        }
    }

    private static (TimeSpan Own, TimeSpan Ffmpeg) ProcessorTime(ServerProcess server) =>
        (ProcessTree.ProcessorTime([server.Id]), ProcessTree.ProcessorTime(ProcessTree.Of(server.Id).Skip(1)));

    private static async Task<(double Frames, double Dropped, double Encoded)> CountAsync(ServerProcess server) =>
        (await server.CounterAsync("faceedge_frames_received_total"),
            await server.CounterAsync("faceedge_frames_dropped_total"),
            await server.CounterAsync("faceedge_frames_encoded_total"));

    private static void Print(CamerasComparison options, List<CameraRow> rows, List<BareCost> costs, in PacedCost paced)
    {
        double Bare(Func<BareCost, double> part) => Quantile.Median(costs.Select(part));
        Console.WriteLine($"{ThisMachine.Describe()}; medians of {options.Repeats} rounds of {options.Seconds} s");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"bare work of a frame: decode {Bare(cost => cost.Decode):0.00} ms, Run {Bare(cost => cost.Run):0.00} ms, encode {Bare(cost => cost.Encode):0.00} ms"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"at the camera's pace: decode {paced.Decode:0.00} ms, Run {paced.Run:0.00} ms, from one process to the other {paced.Pipe:0.00} ms: {(paced.Decode + paced.Run + paced.Pipe) / Bare(cost => cost.Decode + cost.Run):0.00} of bare work"));
        Console.WriteLine();
        Console.WriteLine("| service | cameras | viewers | cores | service ms a frame | ffmpeg ms a frame | of bare work | dropped | frames/s | service MB | ffmpeg MB each |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var group in rows.GroupBy(row => (row.Cameras, row.Viewers, row.Service)))
        {
            double Middle(Func<CameraRow, double> value) => Quantile.Median(group.Select(value));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {group.Key.Service} | {group.Key.Cameras} | {group.Key.Viewers} | {Middle(r => r.Cores):0.000} | {Middle(r => r.ServiceMilliseconds):0.00} | {Middle(r => r.FfmpegMilliseconds):0.00} | {Middle(r => r.Ratio):0.00} | {Middle(r => r.Dropped):0.0%} | {Middle(r => r.FramesPerSecond):0.0} | {Middle(r => r.ServiceMegabytes):0} | {Middle(r => r.FfmpegMegabytes) / group.Key.Cameras:0.0} |"));
        }
    }
}
