using System.CommandLine;
using System.Text;
using FaceEdge.CommandLine;
using FaceEdge.Contracts;
using FaceEdge.Evaluation;
using FaceEdge.Evaluation.Comparison;

namespace FaceEdge.Commands;

/// <summary><c>face-detector compare</c>: two models on the same pictures, as figures and as a page of what they disagree on.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var a = new Argument<string>("MODEL_A") { Description = "The model in use: a name of the catalogue (see models list), or the path of an .onnx file." };
        var b = new Argument<string>("MODEL_B") { Description = "The model that would take its place." };
        var paths = new Argument<string[]>("PATH") { Description = "Pictures (JPEG, PNG, WebP), or folders of them.", Arity = ArgumentArity.OneOrMore };
        var labels = new Option<FileInfo?>("--labels")
        {
            Description = "A file of labels, as for eval, of some or all of the pictures: average precision is compared too.",
            HelpName = "FILE",
        };
        var report = new Option<FileInfo?>("--report") { Description = "Write the figures and the strongest disagreements, with pictures, as one HTML page.", HelpName = "FILE" };
        var noPictures = new Option<bool>("--no-pictures")
        {
            Description = "Leave the pictures themselves out of the page: boxes on grey, for photographs that may not be passed on.",
        };
        var json = new Option<bool>("--json") { Description = "Write the comparison as JSON." };
        var thresholdA = Threshold("a");
        var thresholdB = Threshold("b");
        var setup = new DetectorSetup();
        var command = new Command("compare", "Compares two models on the same pictures.")
        {
            a, b, paths, labels, report, noPictures, json, thresholdA, thresholdB,
        };
        setup.AddRuntimeTo(command);
        var limitOptions = new PictureLimitOptions();
        limitOptions.AddTo(command);
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            var labelFile = parsed.GetValue(labels) is { } file ? LabelFile.Read(file.FullName) : null;
            var limits = limitOptions.Read(parsed);
            var files = PictureFiles.Find(parsed.GetValue(paths)!);
            var pictures = Pictures(files, parsed.GetValue(paths)!, labelFile);
            var imaging = DetectorSetup.SelectImaging();
            using var first = setup.Load(parsed, parsed.GetValue(a));
            using var second = setup.Load(parsed, parsed.GetValue(b));
            var comparer = new ModelComparer(
                first,
                parsed.GetValue(thresholdA) ?? first.Model.ScoreThreshold,
                second,
                parsed.GetValue(thresholdB) ?? second.Model.ScoreThreshold,
                imaging)
            { Limits = limits };
            var comparison = await TerminalProgress.RunAsync(
                "Comparing",
                pictures.Count,
                progress => Task.Run(() => comparer.Run(pictures, labelFile?.Sha256, progress, cancellationToken), cancellationToken));

            if (parsed.GetValue(report) is { } page)
            {
                var html = new ComparisonPage(imaging, showsPixels: !parsed.GetValue(noPictures)) { Limits = limits }.Write(comparison);
                Write(page.FullName, html);
            }

            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                CompareReportWriter.WriteJson(comparison, output);
            }
            else
            {
                CompareReportWriter.WriteTable(comparison, output);
            }

            foreach (var unread in files.Faults.Concat(comparison.Unread))
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(unread);
            }

            return files.Faults.Count + comparison.Unread.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static Option<float?> Threshold(string model) => new Option<float?>($"--threshold-{model}")
    {
        Description = $"Confidence score from which a face of MODEL_{model.ToUpperInvariant()} counts, 0 to 1. Default: the model's.",
        HelpName = "SCORE",
    }.Between(0, 1);

    private static List<PictureToCompare> Pictures(PictureFiles files, string[] paths, LabelFile? labels)
    {
        if (files.Pictures.Count == 0)
        {
            throw new CommandException($"There is no picture (JPEG, PNG, WebP) in {string.Join(", ", paths)}.");
        }

        var known = labels?.Pictures.ToDictionary(picture => picture.File, StringComparer.Ordinal) ?? [];
        var pictures = files.Pictures.Select(file => new PictureToCompare(file.Path, file.Name, known.GetValueOrDefault(file.Name))).ToList();
        return labels is null || pictures.Exists(picture => picture.Labels is not null)
            ? pictures
            : throw new CommandException(
                $"None of {Quantity.Of(pictures.Count, "picture")} has labels: the first is {pictures[0].Name}, the first label is of {labels.Pictures[0].File}; "
                + "give the folder that the labels' names are in.");
    }

    private static void Write(string path, string page)
    {
        try
        {
            AtomicFile.Write(path, Encoding.UTF8.GetBytes(page));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path} cannot be written: {exception.Message}", exception);
        }
    }
}
