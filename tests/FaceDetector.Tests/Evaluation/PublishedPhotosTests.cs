using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Evaluation;
using FaceEdge.Imaging.Portable;
using FaceEdge.Models;

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
}
