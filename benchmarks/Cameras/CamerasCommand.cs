using System.CommandLine;
using System.Diagnostics;
using FaceEdge.Benchmarks.EndToEnd;

namespace FaceEdge.Benchmarks.Cameras;

/// <summary>
/// <c>cameras</c>: what 1, 4, 8, 16 and 32 cameras cost, each a 720p H.264 film at 15 frames/s, by all processor time of the service and its ffmpegs against bare
/// decoding, bare <c>Run</c> and bare encoding of the same frames. Bare work is measured before every row, so that what else the machine does meets both.
/// </summary>
internal static class CamerasCommand
{
    /// <summary>Until what runs often has been compiled for good, which goes on beside the first frames.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(10);

    /// <summary>Until a service that idles has seen for long enough that nothing moves, and has changed over at a key frame.</summary>
    private static readonly TimeSpan IdleSettle = TimeSpan.FromSeconds(20);

    /// <summary>Between counting and what is measured: answering costs the service as much as some frames.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

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
        using var films = new Films(options.Film);
        using var bare = new BareWork(films.Usual, Clip.Frames);
        var paced = new PacedWork(films.Usual, Films.Rate, TimeSpan.FromSeconds(options.Seconds)).Measure(bare.Run);
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
                        rows.Add(await MeasureAsync(options, service, films, cameras, viewers, costs[^1]));
                        Console.Error.WriteLine(rows[^1]);
                    }
                }
            }
        }

        new CamerasReport(options, rows, costs, paced).Write(Console.Out);
        return 0;
    }

    private static async Task<CameraRow> MeasureAsync(CamerasComparison options, Service service, Films films, int cameras, int viewers, BareCost bare)
    {
        using var server = await ServerProcess.StartServiceAsync(service.Command, Settings(options, service, films, cameras), $"cameras/{CameraCounters.NameOf(1)}/stream.mjpg");
        await server.LiveAsync(cameras);
        var audience = new List<MjpegViewer>();
        try
        {
            for (var i = 0; i < viewers; i++)
            {
                audience.Add(await MjpegViewer.ConnectAsync(server.Stream, CancellationToken.None));
            }

            await Task.Delay(options.Idles ? IdleSettle : Settle);
            var counting = Stopwatch.GetTimestamp();
            var before = await CameraCounters.ReadAsync(server, cameras);
            await Task.Delay(Pause);
            var used = ProcessorTime(server);
            var start = Stopwatch.GetTimestamp();
            await Task.Delay(TimeSpan.FromSeconds(options.Seconds));
            var usedAfter = ProcessorTime(server);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var share = seconds / Stopwatch.GetElapsedTime(counting).TotalSeconds;
            var counted = (await CameraCounters.ReadAsync(server, cameras)).Since(before, share);
            var (own, ffmpeg) = ((usedAfter.Own - used.Own).TotalMilliseconds, (usedAfter.Ffmpeg - used.Ffmpeg).TotalMilliseconds);
            var others = counted.Detected.Skip(cameras > 1 ? 1 : 0).ToArray();
            return new CameraRow(
                service.Name,
                cameras,
                viewers,
                (own + ffmpeg) / 1000 / seconds,
                own / counted.Frames,
                ffmpeg / counted.Frames,
                (own + ffmpeg) / ((counted.Frames * (bare.Decode + bare.Run)) + (counted.Encoded * bare.Encode)),
                counted.Dropped / counted.Frames,
                counted.Frames / seconds / cameras,
                counted.Detected[0] / seconds,
                others.Min() / seconds,
                others.Max() / seconds,
                ProcessTree.ProportionalMegabytes([server.Id]),
                ProcessTree.ProportionalMegabytes(ProcessTree.Of(server.Id).Skip(1)));
        }
        finally
        {
            foreach (var viewer in audience)
            {
                await viewer.DisposeAsync();
            }
        }
    }

    private static Dictionary<string, string> Settings(CamerasComparison options, Service service, Films films, int cameras)
    {
        var settings = new Dictionary<string, string>(service.Settings);
        if (options.Idles)
        {
            settings["Capture__Idle"] = "keyframes";
        }

        for (var i = 1; i <= cameras; i++)
        {
            settings[$"Cameras__{CameraCounters.NameOf(i)}__Url"] = i == 1 ? films.First : films.Usual;
        }

        return settings;
    }

    private static (TimeSpan Own, TimeSpan Ffmpeg) ProcessorTime(ServerProcess server) =>
        (ProcessTree.ProcessorTime([server.Id]), ProcessTree.ProcessorTime(ProcessTree.Of(server.Id).Skip(1)));
}
