using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using FaceEdge.Benchmarks.Cameras;
using FaceEdge.Benchmarks.Latency;
using FaceEdge.Benchmarks.Workloads;
using FaceEdge.CommandLine;
using FaceEdge.Detection;
using FaceEdge.Imaging;
using FaceEdge.Models;

namespace FaceEdge.Benchmarks.Detectors;

/// <summary>
/// <c>detectors</c>: what the detectors of 1 to 32 cameras cost, with a session each and with one for all, in turns: each case in a process of its own, which
/// tells the processor time of a detection and the memory that the detectors took.
/// </summary>
internal static class DetectorsCommand
{
    /// <summary>Detections of a case, whatever the number of detectors.</summary>
    private const int Detections = 960;

    private const int BatchRounds = 40;

    private static readonly int[] Counts = [1, 4, 8, 16, 32];

    private static readonly int[] Batches = [1, 2, 4, 8];

    public static Command Create()
    {
        var mode = new Option<string>("--mode") { Description = "Measure one case in this process: a session for each detector, or one for all.", HelpName = "each|one" }.OneOf("each", "one");
        var count = new Option<int>("--count") { Description = "Detectors of that case.", HelpName = "N", DefaultValueFactory = _ => 1 }.Between(1, 1024);
        var command = new Command("detectors", "Measure what the detectors of many cameras cost, with a session each and with one for all.") { mode, count };
        command.SetAction(parse => Run(parse.GetValue(mode), parse.GetValue(count)));
        return command;
    }

    private static int Run(string? mode, int count)
    {
        if (mode is null)
        {
            Compare();
        }
        else
        {
            Console.WriteLine(Measure(shared: mode == "one", count));
        }

        return 0;
    }

    private static void Compare()
    {
        Console.WriteLine(ThisMachine.Describe());
        Console.WriteLine();
        Console.WriteLine("| detectors | a session each: ms, MB | one session: ms, MB |");
        Console.WriteLine("| ---: | ---: | ---: |");
        foreach (var count in Counts)
        {
            Console.WriteLine($"| {count} | {InProcess("each", count)} | {InProcess("one", count)} |");
        }

        CompareBatches();
    }

    /// <summary>
    /// The model takes one frame. As many frames below each other are as much work to its convolutions as a batch of them, so that this is what a batch could spare.
    /// </summary>
    private static void CompareBatches()
    {
        var model = BenchmarkModels.Open(name: null);
        var one = new InputShape(320, 192);
        Console.WriteLine();
        Console.WriteLine("| frames in one run | ms of each frame |");
        Console.WriteLine("| ---: | ---: |");
        BareModel[] batches = [.. Batches.Select(batch => new BareModel(model, threads: 1, one with { Height = one.Height * batch }))];
        var used = new TimeSpan[batches.Length];
        for (var round = -1; round < BatchRounds; round++)
        {
            for (var i = 0; i < batches.Length; i++)
            {
                var start = Environment.CpuUsage.TotalTime;
                for (var run = 0; run < Batches[^1] / Batches[i]; run++)
                {
                    batches[i].Run();
                }

                used[i] += round < 0 ? TimeSpan.Zero : Environment.CpuUsage.TotalTime - start;
            }
        }

        for (var i = 0; i < batches.Length; i++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Batches[i]} | {used[i].TotalMilliseconds / (BatchRounds * Batches[^1]):0.00} |"));
            batches[i].Dispose();
        }
    }

    private static string InProcess(string mode, int count)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(DetectorsCommand).Assembly.Location, "detectors", "--mode", mode, "--count", count.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        })!;
        var figures = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? figures : throw new InvalidOperationException($"detectors {mode} {count} ended with {process.ExitCode}");
    }

    /// <summary>Every detector has frames of its own, and as many threads as processors take the detectors in turn, as cameras' frames come.</summary>
    private static string Measure(bool shared, int count)
    {
        var model = BenchmarkModels.Open(name: null);
        using var pool = new FramePool();
        using var session = ModelSession.Load(model, new InferenceOptions());
        Frame[] frames = [.. Enumerable.Range(0, count).Select(_ => TestFrame.CreatePlanes(pool, PixelFormat.I420))];
        var before = ProcessTree.ProportionalMegabytes([Environment.ProcessId]);
        FaceDetector[] detectors = [.. Enumerable.Range(0, count).Select(_ => shared ? session.CreateDetector() : FaceDetector.Load(model, new InferenceOptions()))];
        DetectAll(detectors, frames, model.Description.ScoreThreshold, 2 * count);
        var used = Environment.CpuUsage.TotalTime;
        DetectAll(detectors, frames, model.Description.ScoreThreshold, Detections);
        var milliseconds = (Environment.CpuUsage.TotalTime - used).TotalMilliseconds / Detections;
        var megabytes = ProcessTree.ProportionalMegabytes([Environment.ProcessId]) - before;
        foreach (var disposable in detectors.Cast<IDisposable>().Concat(frames))
        {
            disposable.Dispose();
        }

        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.00}, {megabytes:0.0}");
    }

    private static void DetectAll(FaceDetector[] detectors, Frame[] frames, float threshold, int times)
    {
        var next = -1;
        Thread[] threads = [.. Enumerable.Range(0, Math.Min(Environment.ProcessorCount, detectors.Length)).Select(_ => new Thread(() =>
        {
            var faces = new Face[TestFrame.Faces];
            for (var i = Interlocked.Increment(ref next); i < times; i = Interlocked.Increment(ref next))
            {
                lock (detectors[i % detectors.Length])
                {
                    detectors[i % detectors.Length].Detect(frames[i % detectors.Length].View, threshold, faces, out var _);
                }
            }
        }))];
        foreach (var thread in threads)
        {
            thread.Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }
    }
}
