using System.CommandLine;

namespace FaceEdge.Capture.Demo;

/// <summary><c>face-detector demo</c>: writes drawn scenes with known boxes to a folder, for training, evaluation and bias tables.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var frames = new Option<int>("--frames") { Description = "How many pictures to write.", DefaultValueFactory = _ => 100 };
        var output = new Option<DirectoryInfo>("--out") { Description = "The folder for the pictures and labels.json; made if absent.", Required = true };
        var size = new Option<string>("--size") { Description = "Width x height in pixels.", DefaultValueFactory = _ => "1280x720" };
        var faces = new Option<int?>("--faces") { Description = "People in a scene (default: as demo:, or 1 to 12 by chance with --varied)." };
        var seed = new Option<int>("--seed") { Description = "The same seed writes the same pictures.", DefaultValueFactory = _ => 1 };
        var shuffle = new Option<bool>("--shuffle") { Description = "New people in every picture, instead of one scene in motion." };
        var varied = new Option<bool>("--varied") { Description = "Every picture with its own people, scenery, light, sizes from 12 to 300 pixels, blur and noise." };

        var command = new Command("demo", "Writes drawn scenes and their known face boxes to a folder.") { frames, output, size, faces, seed, shuffle, varied };
        foreach (var option in new[] { frames, seed })
        {
            option.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int>() < 1)
                {
                    result.AddError($"{option.Name} must be 1 or more.");
                }
            });
        }

        command.SetAction((parsed, cancellationToken) =>
        {
            var settings = DemoUrl.Parse(FormattableString.Invariant(
                $"demo:?size={parsed.GetValue(size)}&faces={parsed.GetValue(faces) ?? DemoSettings.Default.Faces}&seed={parsed.GetValue(seed)}"));
            var kind = parsed.GetValue(varied) ? DumpKind.Varied : parsed.GetValue(shuffle) ? DumpKind.Shuffled : DumpKind.Moving;
            DemoDump.Write(settings, kind, parsed.GetValue(frames), parsed.GetValue(output)!.FullName, cancellationToken);
            return Task.FromResult(0);
        });
        return command;
    }
}
