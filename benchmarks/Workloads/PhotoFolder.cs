using System.CommandLine;

namespace FaceEdge.Benchmarks.Workloads;

/// <summary>A folder of labelled photos as commands take it: images/ and labels.json.</summary>
internal static class PhotoFolder
{
    private const string Name = "FOLDER";

    /// <summary>The argument; a folder that somebody names must hold photos.</summary>
    public static Argument<string> Argument()
    {
        var folder = new Argument<string>(Name)
        {
            Description = "Labelled photos: images/ and labels.json.",
            DefaultValueFactory = _ => Path.Combine("..", "shared", "eval"),
        };
        folder.Validators.Add(static result =>
        {
            if (result.Tokens is [var named] && !HasPhotos(named.Value))
            {
                result.AddError($"{Name} is '{named.Value}': a folder with images/ and labels.json");
            }
        });
        return folder;
    }

    public static string Labels(string folder) => Path.Combine(folder, "labels.json");

    public static bool HasPhotos(string folder) => File.Exists(Labels(folder));
}
