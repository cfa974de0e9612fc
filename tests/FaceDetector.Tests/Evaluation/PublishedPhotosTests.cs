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

    [Fact(SkipWhen = nameof(AreAbsent), Skip = "Needs ../shared/eval and ../shared/models beside the repository.")]
    public void Planes_cost_no_accuracy()
    {
        const double Tolerance = 0.004; // the photos' colour is halved a second time here, which a camera's is not
        var labels = LabelFile.Read(Path.Combine(Shared!, "eval", "labels.json"));
        using var detector = FaceDetector.Load(ModelProvider.FromEnvironment().Find("faceedge-n").Model!, new InferenceOptions());

        var bgr = Run(PortableBackend.Create());
        foreach (IImagingBackend imaging in new IImagingBackend[] { new PlanarBackend(PixelFormat.I420), new PlanarBackend(PixelFormat.I420Full), new AsCodedBackend() })
        {
            var planes = Run(imaging);
            Assert.All(bgr.Sizes.Zip(planes.Sizes), sizes => Assert.InRange(sizes.Second.AveragePrecision - sizes.First.AveragePrecision, -Tolerance, Tolerance));
        }

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

    /// <summary>Leaves what is coded in planes in them, as cameras' pictures are.</summary>
    private sealed class AsCodedBackend : IImagingBackend
    {
        private readonly PortableBackend _portable = PortableBackend.Create();

        public string Name => "as coded";

        public Frame Decode(ReadOnlySpan<byte> encoded, ImageLimits limits, FramePool pool, DecodedPixels pixels = DecodedPixels.Bgr) =>
            _portable.Decode(encoded, limits, pool, DecodedPixels.AsCoded);

        public void EncodeJpeg(Frame frame, int quality, IBufferWriter<byte> output) => _portable.EncodeJpeg(frame, quality, output);
    }

    /// <summary>Decodes to planes, as if the photos were a video's frames.</summary>
    private sealed class PlanarBackend(PixelFormat format) : IImagingBackend
    {
        private readonly PortableBackend _portable = PortableBackend.Create();

        public string Name => "planar";

        public Frame Decode(ReadOnlySpan<byte> encoded, ImageLimits limits, FramePool pool, DecodedPixels pixels = DecodedPixels.Bgr)
        {
            using var bgr = _portable.Decode(encoded, limits, pool);
            var layout = bgr.Layout with { Format = format };
            var planes = pool.Rent(layout);
            PlanarPictures.FromBgr(bgr.Pixels, layout).CopyTo(planes.Pixels);
            return planes;
        }

        public void EncodeJpeg(Frame frame, int quality, IBufferWriter<byte> output) => _portable.EncodeJpeg(frame, quality, output);
    }
}
