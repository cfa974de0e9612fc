using System.CommandLine;
using FaceEdge.CommandLine;
using FaceEdge.Contracts;

namespace FaceEdge.Commands;

/// <summary><c>face-detector detect</c>: finds faces in files; one line a file, JSON when asked.</summary>
internal static class DetectCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Pictures (JPEG, PNG, WebP), or folders of them.", Arity = ArgumentArity.OneOrMore };
        var mode = new Option<DetectionMode>("--mode") { Description = "What is boxed in annotated pictures: face or eyes.", HelpName = "face|eyes" }.OneOfNames();
        var threshold = new Option<float?>("--threshold") { Description = "Confidence score from which a face counts, 0 to 1. Default: the model's.", HelpName = "SCORE" }.Between(0, 1);
        var json = new Option<bool>("--json") { Description = "Write one line of JSON a file." };
        var annotate = new Option<DirectoryInfo?>("--annotate") { Description = "A folder to write the pictures to, with boxes painted in.", HelpName = "DIR" };
        var setup = new DetectorSetup();
        var command = new Command("detect", "Finds faces in pictures.") { paths, mode, threshold, json, annotate };
        setup.AddTo(command);
        var limits = new PictureLimitOptions();
        limits.AddTo(command);
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            var files = PictureFiles.Find(parsed.GetValue(paths)!);
            var pictures = files.Pictures;
            foreach (var fault in files.Faults)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(fault);
            }

            if (pictures.Count == 0)
            {
                throw new CommandException($"There is no picture (JPEG, PNG, WebP) in {string.Join(", ", parsed.GetValue(paths)!)}.");
            }

            var imaging = DetectorSetup.SelectImaging();
            var reader = new PictureFileReader(imaging, limits.Read(parsed));
            var annotations = parsed.GetValue(annotate) is { } folder ? new AnnotationFolder(folder.FullName, imaging) : null;
            annotations?.Reserve(pictures);
            using var detector = setup.Load(parsed);
            var run = new DetectRun(detector, reader, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error)
            {
                Threshold = parsed.GetValue(threshold) ?? detector.Model.ScoreThreshold,
                Mode = parsed.GetValue(mode),
                WritesJson = parsed.GetValue(json),
                Annotations = annotations,
            };
            var failed = await TerminalProgress.RunBesideOutputAsync(
                "Detecting",
                pictures.Count,
                progress => Task.Run(() => run.Run(pictures, progress, cancellationToken), cancellationToken));
            return failed == 0 && files.Faults.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }
}
