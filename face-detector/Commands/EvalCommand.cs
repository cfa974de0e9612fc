using System.CommandLine;
using FaceEdge.CommandLine;
using FaceEdge.Contracts;
using FaceEdge.Evaluation;

namespace FaceEdge.Commands;

/// <summary>
/// <c>face-detector eval</c>: average precision of a model on labelled pictures and how exact its eyes are; with <c>--baseline</c> and
/// <c>--max-eye-error</c> the accuracy gate.
/// </summary>
internal static class EvalCommand
{
    public static Command Create()
    {
        var images = new Option<DirectoryInfo>("--images") { Description = "The folder of pictures.", HelpName = "DIR", Required = true };
        var labels = new Option<FileInfo>("--labels") { Description = "The file of labels: {\"images\":[{\"file\",\"width\",\"height\",\"faces\":[{\"x\",\"y\",\"width\",\"height\"}]}]}.", HelpName = "FILE", Required = true };
        var json = new Option<bool>("--json") { Description = "Write the report as JSON." };
        var baseline = new Option<FileInfo?>("--baseline") { Description = "Compare with the figures in this file; exit 1 when average precision fell by more than it allows.", HelpName = "FILE" };
        var update = new Option<bool>("--update") { Description = "Write the figures into the baseline instead of comparing." };
        var maxEyeError = new Option<double?>("--max-eye-error")
        {
            HelpName = "SHARE",
            Description = $"Exit 1 when the eyes of found faces of {EyeErrorTally.Gated} are off by more than this share of the distance between them, such as 0.07.",
        }.Between(0.001, 0.999);
        var setup = new DetectorSetup();
        var command = new Command("eval", "Measures a model's average precision on labelled pictures.") { images, labels, json, baseline, update, maxEyeError };
        setup.AddTo(command);
        var limits = new PictureLimitOptions();
        limits.AddTo(command);
        command.AddRule(result =>
        {
            if (result.GetValue(update) && result.GetValue(baseline) is null)
            {
                result.AddError("--update needs --baseline FILE.");
            }
        });
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            var labelFile = LabelFile.Read(parsed.GetValue(labels)!.FullName);
            using var detector = setup.Load(parsed);
            var evaluator = new Evaluator(detector, DetectorSetup.SelectImaging()) { Limits = limits.Read(parsed) };
            var report = await TerminalProgress.RunAsync(
                "Evaluating",
                labelFile.Pictures.Count,
                progress => Task.Run(
                    () => evaluator.Run(parsed.GetValue(images)!.FullName, labelFile, progress, cancellationToken), cancellationToken));

            var verdict = Judge(report, parsed.GetValue(baseline)?.FullName, parsed.GetValue(update));
            if (parsed.GetValue(maxEyeError) is { } most)
            {
                var eyes = EyeErrorGate.Judge(report, most);
                verdict = verdict?.And(eyes) ?? eyes;
            }

            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                EvalReportWriter.WriteJson(report, verdict, output);
            }
            else
            {
                EvalReportWriter.WriteTable(report, verdict, output);
            }

            return verdict?.Decision switch
            {
                null or AccuracyDecision.Passed or AccuracyDecision.Updated => ExitCode.Done,
                AccuracyDecision.Failed => ExitCode.Failed,
                _ => ExitCode.Undecided,
            };
        });
        return command;
    }

    private static AccuracyVerdict? Judge(EvaluationReport report, string? path, bool update)
    {
        if (path is null)
        {
            return null;
        }

        if (!update)
        {
            return AccuracyGate.Judge(report, AccuracyBaseline.Read(path));
        }

        var before = File.Exists(path) ? AccuracyBaseline.Read(path) : AccuracyBaseline.Empty;
        before.With(report).Write(path);
        return AccuracyVerdict.Updated(path);
    }
}
