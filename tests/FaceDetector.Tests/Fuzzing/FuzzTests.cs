using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using FaceEdge.Capture.Ffmpeg;
using FaceEdge.Fuzz.Mutation;
using FaceEdge.Fuzz.Targets;
using FaceEdge.Imaging.OpenCv;

namespace FaceEdge.Tests.Fuzzing;

/// <summary>
/// The short form of tests/Fuzz: every input of the corpus, and a fixed series of damaged ones. FACEEDGE_FUZZ_SECONDS makes it go on for so long
/// a target; tests/Fuzz does that with coverage.
/// </summary>
public sealed class FuzzTests
{
    private const int Inputs = 300;

    /// <summary>Of a target that starts a process for each.</summary>
    private const int SlowInputs = 3;

    public static TheoryData<string> Targets => [.. FuzzTargets.Names];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Hostile_input_is_taken_or_refused_as_promised(string name)
    {
        var slow = name == "rtsp-stream";
        Assert.SkipWhen(name == "picture-opencv" && !OpenCvProbe.Run().Loaded, "OpenCV does not load on this machine.");
        Assert.SkipWhen(slow && FfmpegProbe.Run() is null, "There is no ffmpeg on this machine.");
        using var target = FuzzTargets.Create(name);
        var corpus = target.Seeds().Concat(CorpusFile.Read(Corpus(), name)).ToArray();
        foreach (var input in corpus)
        {
            Feed(target, input);
        }

        var (random, mutator, watch) = (new Random(1), new Mutator(1, target.Words, target.MaxLength), Stopwatch.StartNew());
        for (var count = 0; count < (slow ? SlowInputs : Inputs) || watch.Elapsed < Time(); count++)
        {
            Feed(target, mutator.Mutate(corpus[random.Next(corpus.Length)], corpus[random.Next(corpus.Length)]));
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_target_keeps_inputs(string name) => Assert.NotEmpty(CorpusFile.Read(Corpus(), name));

    private static void Feed(FuzzTarget target, byte[] input)
    {
        try
        {
            target.Run(input);
        }
        catch (Exception exception)
        {
            throw new BrokenPromiseException($"{target.Name}, input {Convert.ToHexString(input)}: {exception.Message}", exception);
        }
    }

    private static TimeSpan Time() => TimeSpan.FromSeconds(
        int.TryParse(Environment.GetEnvironmentVariable("FACEEDGE_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 0);

    private static string Corpus([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "Fuzz", "Corpus");
}
