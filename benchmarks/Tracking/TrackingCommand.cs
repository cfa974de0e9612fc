using System.CommandLine;
using System.Globalization;
using FaceEdge.Benchmarks.Workloads;
using FaceEdge.Demo;
using FaceEdge.Demo.Painting;
using FaceEdge.Detection;
using FaceEdge.Evaluation;
using FaceEdge.Imaging;
using FaceEdge.Tracking;

namespace FaceEdge.Benchmarks.Tracking;

/// <summary>
/// <c>tracking</c>: identity switches, boxes that vanish, what trembles and how many are counted, with tracking and without, on the drawn scene and on a window that
/// wanders over the photos of FOLDER (its images/ and labels.json; ../shared/eval).
/// </summary>
internal static class TrackingCommand
{
    private const int Capacity = 256;
    private const double SecondsADemo = 60;
    private const double SecondsAPhoto = 12;

    private static readonly int[] Rates = [30, 15, 5];

    /// <summary>Of a busy machine, which searches when it can: pauses of a fifth to nine fifths of the mean one.</summary>
    private static readonly int[] SlowRates = [2, 1];

    public static Command Create()
    {
        var folder = PhotoFolder.Argument();
        var command = new Command("tracking", "Measure how steady boxes and their numbers are, with tracking and without.") { folder };
        command.SetAction(parse => Run(parse.GetRequiredValue(folder)));
        return command;
    }

    private static int Run(string folder)
    {
        using var detector = FaceDetector.Load(BenchmarkModels.Open(null), new InferenceOptions { IntraOpThreads = 1 });
        Console.WriteLine("| scene | frames/s | minutes | tracking | identity switches/min | boxes that vanish/min | trembling, % of the side | off, % of the side | people confirmed |");
        Console.WriteLine("| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var rate in Rates)
        {
            Demo(detector, rate, Regular(rate));
        }

        foreach (var rate in SlowRates)
        {
            Demo(detector, rate, Irregular(rate));
        }

        if (!PhotoFolder.HasPhotos(folder))
        {
            Console.Error.WriteLine($"No photos in {folder}: name a folder with images/ and labels.json.");
            return 0;
        }

        foreach (var rate in Rates)
        {
            Photos(detector, folder, rate);
        }

        return 0;
    }

    private static IEnumerable<double> Regular(int rate) => Enumerable.Range(0, (int)(SecondsADemo * rate)).Select(i => (double)i / rate);

    private static IEnumerable<double> Irregular(int rate)
    {
        var random = new Random(1);
        for (var seconds = 0.0; seconds < SecondsADemo; seconds += (0.2 + (1.6 * random.NextDouble())) / rate)
        {
            yield return seconds;
        }
    }

    private static void Demo(FaceDetector detector, int rate, IEnumerable<double> moments)
    {
        var scene = new DemoScene(DemoSettings.Default);
        using var painter = new DemoPainter(scene);
        using var pool = new FramePool();
        var run = new Scored(detector, rate);
        foreach (var seconds in moments)
        {
            using var frame = pool.Rent(scene.Width, scene.Height);
            painter.Paint(seconds, frame);
            run.Take(frame, seconds, [.. scene.FacesAt(seconds).Select((face, person) => (person, face.Box))]);
        }

        run.Print("demo:", SecondsADemo / 60);
    }

    private static void Photos(FaceDetector detector, string folder, int rate)
    {
        using var pool = new FramePool();
        var imaging = ImagingBackends.Select(new ImagingOptions()).Backend;
        var labels = LabelFile.Read(PhotoFolder.Labels(folder));
        var run = new Scored(detector, rate);
        var start = 0.0;
        foreach (var picture in labels.Pictures)
        {
            using var walk = new PhotoWalk(PictureReader.Read(imaging, Path.Combine(folder, "images", picture.File), picture, ImageLimits.Default, pool), picture);
            run.Cut();
            for (var i = 0; i < SecondsAPhoto * rate; i++, start += 1.0 / rate)
            {
                using var frame = pool.Rent(walk.Width, walk.Height);
                var seconds = (double)i / rate;
                walk.Paint(seconds, frame);
                run.Take(frame, start, walk.PeopleAt(seconds));
            }
        }

        run.Print("photos", labels.Pictures.Count * SecondsAPhoto / 60);
    }

    private sealed class Scored(FaceDetector detector, int rate)
    {
        private readonly FaceTracker _tracker = new(Capacity);
        private readonly Face[] _found = new Face[Capacity];
        private readonly Face[] _shown = new Face[Capacity];
        private TrackingScore _tracked = new();
        private TrackingScore _bare = new();
        private readonly List<(TrackingScore Tracked, TrackingScore Bare)> _scores = [];

        /// <summary>What comes now has nothing to do with what came before.</summary>
        public void Cut()
        {
            _scores.Add((_tracked, _bare));
            (_tracked, _bare) = (new TrackingScore(), new TrackingScore());
            _tracker.Clear();
        }

        public void Take(Frame frame, double seconds, IReadOnlyList<(int Person, Box Box)> people)
        {
            var threshold = detector.Model.ScoreThreshold;
            var found = _found.AsSpan(0, detector.Detect(frame.View, FaceTracker.WeakThreshold(threshold), _found, out _));
            _tracker.Update(found, threshold, TimeSpan.FromSeconds(seconds + 1), frame.Width, frame.Height);
            _tracked.Add(people, _shown.AsSpan(0, _tracker.CopyShown(_shown)));
            var strong = 0;
            while (strong < found.Length && found[strong].Score >= threshold)
            {
                strong++;
            }

            _bare.Add(people, found[..strong]);
        }

        public void Print(string scene, double minutes)
        {
            Cut();
            Print(scene, minutes, "yes", [.. _scores.Select(score => score.Tracked)], _tracker.Confirmed.ToString(CultureInfo.InvariantCulture));
            Print(scene, minutes, "no", [.. _scores.Select(score => score.Bare)], "");
        }

        private void Print(string scene, double minutes, string tracking, TrackingScore[] scores, string confirmed)
        {
            var some = scores.Where(score => score.Offset > 0).ToArray();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {scene} | {rate} | {minutes:0.0} | {tracking} | {scores.Sum(score => score.Switches) / minutes:0.00} | {scores.Sum(score => score.Vanished) / minutes:0.00} | {100 * some.Average(score => score.Tremble):0.00} | {100 * some.Average(score => score.Offset):0.00} | {confirmed} |"));
        }
    }
}
