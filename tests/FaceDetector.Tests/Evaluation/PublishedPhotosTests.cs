using System.Buffers;
using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Evaluation;
using FaceEdge.Imaging;
using FaceEdge.Imaging.Portable;
using FaceEdge.Models;
using FaceEdge.Tests.Imaging;

namespace FaceEdge.Tests.Evaluation;

/// <summary>Real models on real photos, where the folder shared beside the repository has them.</summary>
public sealed class PublishedPhotosTests
{
    private static readonly string? Shared = FindShared();

    public static bool AreAbsent => Shared is null;

    [Theory(SkipWhen = nameof(AreAbsent), Skip = "Needs ../shared/eval and ../shared/models beside the repository.")]
    [InlineData("faceedge-n")]
    [InlineData("yunet-n")]
    public void A_model_holds_its_committed_figures(string name)
    {
        var labels = LabelFile.Read(Path.Combine(Shared!, "eval", "labels.json"));
        using var detector = FaceDetector.Load(ModelProvider.FromEnvironment().Find(name).Model!, new InferenceOptions());

        var report = new Evaluator(detector, PortableBackend.Create())
            .Run(Path.Combine(Shared!, "eval", "images"), labels, null, TestContext.Current.CancellationToken);

        var verdict = AccuracyGate.Judge(report, AccuracyBaseline.Read(BaselinePath()));
        Assert.True(verdict.Decision == AccuracyDecision.Passed, verdict.Reason);
    }

    [Theory(SkipWhen = nameof(AreAbsent), Skip = "Needs ../shared/eval and ../shared/models beside the repository.")]
    [InlineData(nameof(PixelFormat.I420))]
    [InlineData(nameof(PixelFormat.I420Full))]
    public void Planes_cost_no_accuracy(string format)
    {
        const double Tolerance = 0.003;
        var labels = LabelFile.Read(Path.Combine(Shared!, "eval", "labels.json"));
        using var detector = FaceDetector.Load(ModelProvider.FromEnvironment().Find("faceedge-n").Model!, new InferenceOptions());

        var bgr = Run(PortableBackend.Create());
        var planes = Run(new PlanarBackend(Enum.Parse<PixelFormat>(format)));

        Assert.All(bgr.Sizes.Zip(planes.Sizes), sizes => Assert.InRange(sizes.Second.AveragePrecision - sizes.First.AveragePrecision, -Tolerance, Tolerance));

        EvaluationReport Run(IImagingBackend imaging) =>
            new Evaluator(detector, imaging).Run(Path.Combine(Shared!, "eval", "images"), labels, null, TestContext.Current.CancellationToken);
    }

    private static string BaselinePath() => Path.Combine(Repository()!.FullName, "face-detector", "Models", "accuracy.json");

    private static string? FindShared()
    {
        var shared = Path.Combine(Repository()?.Parent?.FullName ?? string.Empty, "shared");
        return Directory.Exists(Path.Combine(shared, "eval")) && Directory.Exists(Path.Combine(shared, "models")) ? shared : null;
    }

    private static DirectoryInfo? Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "FaceEdge.sln")))
        {
            folder = folder.Parent;
        }

        return folder;
    }

    /// <summary>Leaves the photos in the planes that they are coded in, as a camera's frames are, in either range.</summary>
    private sealed class PlanarBackend(PixelFormat format) : IImagingBackend
    {
        private readonly PortableBackend _portable = PortableBackend.Create();

        public string Name => "planar";

        public Frame Decode(ReadOnlySpan<byte> encoded, ImageLimits limits, FramePool pool, DecodedPixels pixels = DecodedPixels.Bgr)
        {
            var frame = _portable.Decode(encoded, limits, pool, DecodedPixels.AsCoded);
            Assert.Equal(PixelFormat.I420Full, frame.Layout.Format);
            if (format == PixelFormat.I420Full)
            {
                return frame;
            }

            using (frame)
            {
                var video = pool.Rent(frame.Layout with { Format = format });
                PlanarFrames.ToVideoRange(frame.View, video.Pixels);
                return video;
            }
        }

        public void EncodeJpeg(Frame frame, int quality, IBufferWriter<byte> output) => _portable.EncodeJpeg(frame, quality, output);
    }
}
