using System.Diagnostics;
using FaceEdge.Models;
using FaceEdge.Tests.Commands;
using FaceEdge.Tests.Models;

namespace FaceEdge.Tests.Storage;

/// <summary>Commands of the program, whose folder is a disk of one megabyte that takes no more: something else has filled it, or it is read-only.</summary>
internal sealed class BadDiskScene : IDisposable
{
    /// <summary>Arguments: the disk's fault, the folder, one to copy it to, and the program's own. In name spaces of its own, for nobody else to see.</summary>
    private const string OnBadDisk = """
        set -e
        fault=$1 folder=$2 copy=$3; shift 3
        cp -r "$folder/." "$copy"
        mount -t tmpfs -o size=1m none "$folder"
        cp -r "$copy/." "$folder"
        case $fault in
          full) head -c 2m /dev/zero > "$folder/filler" 2> /dev/null || true ;;
          read-only) mount -o remount,ro "$folder" ;;
        esac
        code=0; dotnet "$@" || code=$?
        rm -r "$copy"; mkdir "$copy"
        cp -r "$folder/." "$copy"
        rm -f "$copy/filler"
        exit $code
        """;

    private const string Model = "yunet-n";

    private const string OutputIsFull = "exec dotnet \"$@\" > /dev/full";

    private readonly PictureFolder _folder = new();
    private readonly TemporaryFolder _after = new();
    private readonly TemporaryFolder _mirror = new();
    private readonly string _picture;

    public BadDiskScene()
    {
        _picture = _folder.AddPicture("images/a.jpg", x: 128);
        Directory.CreateDirectory(_folder.File("annotated"));
        _folder.Write("annotated/a.jpg", "an earlier one");
        _folder.Write("labels.json", """{"images":[{"file":"a.jpg","width":640,"height":640,"faces":[{"x":128,"y":64,"width":64,"height":64}]}]}""");
        _folder.Write("baseline.json", """{"allowedFall":0.01,"entries":[]}""");
        var model = ModelCatalogue.Load().Find(Model)!;
        Directory.CreateDirectory(_folder.File("cache"));
        _folder.Write($"cache/{model.CacheFile}.partial", "what an earlier pull left");
        _mirror.Write(model.File, new byte[model.Description.Size]);
        Before = Files(_folder.Path);
    }

    /// <summary>All files and what is in them, as they were at first.</summary>
    public IReadOnlyDictionary<string, string> Before { get; }

    /// <summary>The same after the command.</summary>
    public IReadOnlyDictionary<string, string> Now() => Files(_after.Path);

    /// <summary>Runs the command so that it has something to write, which it cannot.</summary>
    /// <param name="fault">Of the disk: full or read-only.</param>
    /// <param name="command">Which of the program's commands.</param>
    public async Task<(int ExitCode, string Error)> RunAsync(string fault, string command)
    {
        Assert.SkipUnless((await RunAsync("unshare", "-rm", "mount", "-t", "tmpfs", "none", _after.Path)).ExitCode == 0, "no disk can be mounted here");
        string[] arguments = command switch
        {
            "detect" => ["detect", _picture, "--model", _folder.Model, "--annotate", _folder.File("annotated")],
            "eval" =>
            [
                "eval", "--images", _folder.File("images"), "--labels", _folder.File("labels.json"), "--model", _folder.Model,
                "--baseline", _folder.File("baseline.json"), "--update",
            ],
            _ => ["models", "pull", Model],
        };
        return await RunAsync("unshare", ["-rm", "bash", "-c", OnBadDisk, "bash", fault, _folder.Path, _after.Path, Program, .. arguments]);
    }

    public Task<(int ExitCode, string Error)> RunToFullDiskAsync() =>
        RunAsync("bash", "-c", OutputIsFull, "bash", Program, "detect", _picture, _picture, "--model", _folder.Model, "--json");

    public void Dispose()
    {
        _mirror.Dispose();
        _after.Dispose();
        _folder.Dispose();
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "face-detector.dll");

    /// <summary>The beginning of a download is kept on purpose.</summary>
    private static Dictionary<string, string> Files(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Where(file => !file.EndsWith(".partial", StringComparison.Ordinal))
        .ToDictionary(file => Path.GetRelativePath(folder, file), file => Convert.ToHexString(File.ReadAllBytes(file)), StringComparer.Ordinal);

    private async Task<(int ExitCode, string Error)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment[ModelStore.CacheVariable] = _folder.File("cache");
        start.Environment[ModelMirror.Variable] = _mirror.Path;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await output;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error);
    }
}
