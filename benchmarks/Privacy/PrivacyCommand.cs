using System.CommandLine;
using System.Globalization;
using FaceEdge.Benchmarks.Workloads;
using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Evaluation;
using FaceEdge.Imaging;
using FaceEdge.Privacy;

namespace FaceEdge.Benchmarks.Privacy;

/// <summary>
/// <c>privacy</c>: which share of the labelled faces of FOLDER (images/ and labels.json; ../shared/eval) mode blur leaves open, by the threshold of
/// its search, the model's input and what is searched besides, what it costs in covered picture, and whether another detector still finds a face where
/// one was hidden.
/// </summary>
internal static class PrivacyCommand
{
    private const float LeastThreshold = 0.05f;

    /// <summary>The share of a face's box that must be covered for it to count as hidden.</summary>
    private const double Covered = 0.75;

    private static readonly float[] Thresholds = [0.5f, 0.3f, 0.2f, 0.1f, LeastThreshold];

    private static readonly int[] InputSides = [320, 416, 640];

    private static readonly (string Name, Func<Dictionary<int, FaceDetector>, Frame, Face[], int> Find)[] Searches =
    [
        ("320", (detectors, frame, faces) => Detect(detectors[320], frame, faces)),
        ("416", (detectors, frame, faces) => Detect(detectors[416], frame, faces)),
        ("640", (detectors, frame, faces) => Detect(detectors[640], frame, faces)),
        ("320 and its mirror image", (detectors, frame, faces) => Both(faces, detectors[320], frame, DetectMirrored)),
        ("320 and 640", (detectors, frame, faces) => Both(faces, detectors[320], frame, (_, _, rest) => Detect(detectors[640], frame, rest))),
    ];

    /// <summary>Heights of faces as shares of the picture's: all, those of 24 pixels in these photos, and large ones.</summary>
    private static readonly double[] Sizes = [0, 0.058, 0.1];

    public static Command Create()
    {
        var folder = PhotoFolder.Argument();
        var command = new Command("privacy", "Measure which faces mode blur leaves open.") { folder };
        command.SetAction(parse => Run(parse.GetRequiredValue(folder)));
        return command;
    }

    private static int Run(string folder)
    {
        var labels = LabelFile.Read(PhotoFolder.Labels(folder));
        Console.WriteLine("| input | threshold | all faces left open | of 24 pixels and more | of 10% and more | picture covered |");
        Console.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: |");
        var detectors = InputSides.ToDictionary(side => side, side => FaceDetector.Load(BenchmarkModels.Open(null), new InferenceOptions { IntraOpThreads = 1, InputSide = side }));
        foreach (var (name, search) in Searches)
        {
            PrintOpen(name, (frame, faces) => search(detectors, frame, faces), folder, labels);
        }

        foreach (var detector in detectors.Values)
        {
            detector.Dispose();
        }

        PrintFoundAgain(folder, labels);
        return 0;
    }

    private static int Both(Face[] faces, FaceDetector detector, Frame frame, Second second)
    {
        var count = Detect(detector, frame, faces);
        return count + second(detector, frame, faces.AsSpan(count));
    }

    private static int Detect(FaceDetector detector, Frame frame, Span<Face> faces) => detector.Detect(frame.View, LeastThreshold, faces, out _);

    /// <summary>A model that looks at a face and at its mirror image has two chances.</summary>
    private static int DetectMirrored(FaceDetector detector, Frame frame, Span<Face> faces)
    {
        using var pool = new FramePool();
        using var mirrored = pool.Rent(frame.Width, frame.Height);
        for (var y = 0; y < frame.Height; y++)
        {
            var from = frame.Pixels.Slice(y * frame.Stride, frame.Width * 3);
            var to = mirrored.Pixels.Slice(y * mirrored.Stride, frame.Width * 3);
            for (var x = 0; x < frame.Width; x++)
            {
                from.Slice(3 * x, 3).CopyTo(to[(3 * (frame.Width - 1 - x))..]);
            }
        }

        var count = Detect(detector, mirrored, faces);
        foreach (ref var face in faces[..count])
        {
            face = new Face(face.Box with { X = frame.Width - face.Box.Right }, face.Score, face.Landmarks);
        }

        return count;
    }

    private static void PrintOpen(string name, Search search, string folder, LabelFile labels)
    {
        var open = new int[Thresholds.Length, Sizes.Length];
        var total = new int[Sizes.Length];
        var area = new double[Thresholds.Length];
        ForEach(folder, labels, (frame, picture) =>
        {
            var faces = new Face[4096];
            var found = faces.AsSpan(0, search(frame, faces));
            for (var i = 0; i < Sizes.Length; i++)
            {
                total[i] += picture.Faces.Count(face => Counts(face, picture, Sizes[i]));
            }

            for (var threshold = 0; threshold < Thresholds.Length; threshold++)
            {
                var regions = Regions(found, Thresholds[threshold]);
                area[threshold] += ShareCovered(new Box(0, 0, frame.Width, frame.Height), regions) / labels.Pictures.Count;
                for (var i = 0; i < Sizes.Length; i++)
                {
                    open[threshold, i] += picture.Faces.Count(face => Counts(face, picture, Sizes[i]) && ShareCovered(face.Box, regions) < Covered);
                }
            }
        });
        for (var threshold = 0; threshold < Thresholds.Length; threshold++)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {Thresholds[threshold]} | {Share(open[threshold, 0], total[0])} | {Share(open[threshold, 1], total[1])} | {Share(open[threshold, 2], total[2])} | {area[threshold]:0%} |"));
        }
    }

    /// <summary>A detector that found a face finds it again only where enough of it is left to tell a face from a smear.</summary>
    private static void PrintFoundAgain(string folder, LabelFile labels)
    {
        using var detector = FaceDetector.Load(BenchmarkModels.Open(null), new InferenceOptions { IntraOpThreads = 1 });
        using var judge = FaceDetector.Load(BenchmarkModels.Open("yunet-n"), new InferenceOptions { IntraOpThreads = 1, InputSide = 640 });
        var (before, after) = (0, 0);
        ForEach(folder, labels, (frame, picture) =>
        {
            var faces = new Face[1024];
            var known = faces[..judge.Detect(frame.View, judge.Model.ScoreThreshold, faces, out _)].ToArray();
            var found = new Face[1024];
            var hiding = Hiding.Of(PrivacyMode.Blur, found.AsSpan(0, detector.Detect(frame.View, HiddenFaces.SearchThreshold(1), found, out _)), complete: true);
            var hidden = new List<Box>();
            foreach (var face in known)
            {
                if (ShareCovered(face.Box, [.. hiding.Regions.ToArray().Select(region => region.Region)]) >= Covered)
                {
                    hidden.Add(face.Box);
                }
            }

            using var blurred = OutgoingFrame.WithBoxes(frame.AddReference(), 1, hiding, [], DetectionMode.Face);
            var again = faces[..judge.Detect(frame.View, judge.Model.ScoreThreshold, faces, out _)];
            before += hidden.Count;
            after += hidden.Count(box => Array.Exists(again, face => face.Box.IntersectionOverUnion(box) > 0.3f));
        });
        Console.WriteLine();
        Console.WriteLine($"Faces that YuNet-n at 640 finds and blur hides: {before}; it still finds {after} of them in the blurred picture.");
    }

    private static void ForEach(string folder, LabelFile labels, Action<Frame, LabelledPicture> take)
    {
        using var pool = new FramePool();
        var imaging = ImagingBackends.Select(new ImagingOptions()).Backend;
        foreach (var picture in labels.Pictures)
        {
            using var frame = PictureReader.Read(imaging, Path.Combine(folder, "images", picture.File), picture, ImageLimits.Default, pool);
            take(frame, picture);
        }
    }

    /// <summary>Finds faces in a frame, and says how many.</summary>
    private delegate int Search(Frame frame, Face[] faces);

    private delegate int Second(FaceDetector detector, Frame frame, Span<Face> faces);

    private static bool Counts(LabelledFace face, LabelledPicture picture, double size) => !face.Ignored && face.Box.Height >= size * picture.Height;

    private static Box[] Regions(ReadOnlySpan<Face> faces, float threshold)
    {
        var regions = new List<Box>();
        foreach (ref readonly var face in faces)
        {
            if (face.Score >= threshold)
            {
                regions.Add(HiddenRegion.Around(face.Box).Region);
            }
        }

        return [.. regions];
    }

    private static double ShareCovered(Box box, Box[] regions)
    {
        const int Points = 24;
        var covered = 0;
        for (var i = 0; i < Points * Points; i++)
        {
            var (x, y) = (box.X + (box.Width * ((i % Points) + 0.5f) / Points), box.Y + (box.Height * ((i / Points) + 0.5f) / Points));
            covered += Array.Exists(regions, region => x >= region.X && x < region.Right && y >= region.Y && y < region.Bottom) ? 1 : 0;
        }

        return (double)covered / (Points * Points);
    }

    private static string Share(int count, int total) => string.Create(CultureInfo.InvariantCulture, $"{(double)count / total:0.0%} ({count} of {total})");
}
