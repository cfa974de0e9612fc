using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Rehearsal.Running;

namespace FaceEdge.Deploy.Rehearsal.Machine;

/// <summary>
/// Labelled pictures for the accuracy gate of a machine that has none: scenes as <c>demo:</c> draws them, whose faces are known, and the figures
/// that the commit reaches on them. The gate then shows what it does, and stops a commit that finds fewer.
/// </summary>
internal static class EvaluationSet
{
    /// <summary>The pipeline's parameter with the folder of the set.</summary>
    public const string Parameter = "evaluationSet";

    private const string Project = "face-detector";
    private const string Labels = "labels.json";
    private const int Pictures = 60;

    /// <summary>Whether a folder holds a set.</summary>
    public static bool IsAt(string? folder) => folder is not null && File.Exists(Path.Combine(folder, Labels));

    /// <summary>Whether a commit's files can draw a set: they hold the program that does.</summary>
    public static bool CanBeMadeOf(string checkout) => File.Exists(Path.Combine(checkout, Project, "FaceDetector.csproj"));

    /// <summary>Makes the set unless an earlier rehearsal has.</summary>
    /// <param name="folder">Where it is kept.</param>
    /// <param name="checkout">The commit's files, of which face-detector is built to draw.</param>
    /// <param name="progress">Gets a line, since it takes a while.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The folder.</returns>
    public static async Task<string> MakeAsync(string folder, string checkout, IProgress<string> progress, CancellationToken cancellation)
    {
        var figures = Path.Combine(folder, "accuracy.json");
        if (IsAt(folder) && File.Exists(figures))
        {
            return folder;
        }

        progress.Report($"drawing {Pictures} scenes for the accuracy gate: this machine has no evaluation set");
        var images = Path.Combine(folder, "images");
        await RunAsync(checkout, ["demo", "--out", images, "--frames", $"{Pictures}", "--varied"], cancellation);
        File.Move(Path.Combine(images, Labels), Path.Combine(folder, Labels), overwrite: true);
        await RunAsync(checkout, ["eval", "--images", images, "--labels", Path.Combine(folder, Labels), "--baseline", figures, "--update"], cancellation);
        return folder;
    }

    private static async Task RunAsync(string checkout, string[] arguments, CancellationToken cancellation)
    {
        var last = "";
        var exitCode = await ShellProcess.RunAsync(
            "dotnet",
            ["run", "--project", Path.Combine(checkout, Project), "--configuration", "Release", "--", .. arguments],
            checkout,
            [],
            (line, _) => last = line.Trim().Length > 0 ? line.Trim() : last,
            cancellation);
        if (exitCode != 0)
        {
            throw DeployException.Undecided(
                $"no evaluation set could be made: {last}", $"name one with --parameter {Parameter}=DIR, or leave its stage out with --skip gates");
        }
    }
}
