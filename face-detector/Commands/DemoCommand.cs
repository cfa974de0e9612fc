using System.CommandLine;
using FaceEdge.CommandLine;
using FaceEdge.Demo;

namespace FaceEdge.Commands;

/// <summary><c>face-detector demo</c>: writes drawn scenes with known boxes to a folder, for training, evaluation and bias tables.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var standard = DemoSettings.Default;
        var output = new Option<DirectoryInfo>("--out") { Description = "The folder for the pictures and labels.json; made if absent.", HelpName = "DIR", Required = true };
        var frames = new Option<int>("--frames") { Description = "How many pictures to write.", HelpName = "N", DefaultValueFactory = _ => 100 }.Between(1, int.MaxValue);
        var size = new Option<string>("--size") { Description = "Width x height in pixels.", HelpName = "WxH", DefaultValueFactory = _ => $"{standard.Width}x{standard.Height}" };
        var faces = new Option<int>("--faces") { Description = "People in a scene, 0 to 12; with --varied chance decides.", HelpName = "N", DefaultValueFactory = _ => standard.Faces }.Between(0, 12);
        var seed = new Option<int>("--seed") { Description = "The same seed writes the same pictures.", HelpName = "N", DefaultValueFactory = _ => standard.Seed }.Between(int.MinValue, int.MaxValue);
        var shuffle = new Option<bool>("--shuffle") { Description = "New people in every picture, instead of one scene in motion." };
        var varied = new Option<bool>("--varied") { Description = "Every picture with its own people, scenery, light, face sizes from 12 to 300 pixels, blur and noise." };
        var command = new Command("demo", "Writes drawn scenes and their known face boxes to a folder.") { output, frames, size, faces, seed, shuffle, varied };
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            var settings = Settings(FormattableString.Invariant(
                $"demo:?size={parsed.GetValue(size)}&faces={parsed.GetValue(faces)}&seed={parsed.GetValue(seed)}"));
            var kind = parsed.GetValue(varied) ? DumpKind.Varied : parsed.GetValue(shuffle) ? DumpKind.Shuffled : DumpKind.Moving;
            var (count, folder) = (parsed.GetValue(frames), parsed.GetValue(output)!.FullName);
            await TerminalProgress.RunAsync("Painting", count, progress => Task.Run(
                () =>
                {
                    Write(settings, kind, count, folder, progress, cancellationToken);
                    return count;
                },
                cancellationToken));
            return ExitCode.Done;
        });
        return command;
    }

    private static DemoSettings Settings(string url)
    {
        try
        {
            return DemoUrl.Parse(url);
        }
        catch (FormatException exception)
        {
            throw new CommandException(exception.Message);
        }
    }

    private static void Write(DemoSettings settings, DumpKind kind, int frames, string folder, IProgress<double> progress, CancellationToken cancellationToken)
    {
        try
        {
            DemoDump.Write(settings, kind, frames, folder, progress, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{folder} cannot be written to: {exception.Message}", exception);
        }
    }
}
