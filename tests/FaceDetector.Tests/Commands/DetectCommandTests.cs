using System.Diagnostics;
using System.Text.Json;
using FaceEdge.Commands;
using FaceEdge.Imaging;
using FaceEdge.Imaging.Portable;

namespace FaceEdge.Tests.Commands;

public sealed class DetectCommandTests : IDisposable
{
    private readonly PictureFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_line_of_json_has_every_field_in_pixels_of_the_picture()
    {
        var picture = _folder.AddPicture("a.jpg", x: 128);

        var run = await RunAsync(picture, "--json");

        Assert.Equal((ExitCode.Done, string.Empty), (run.ExitCode, run.Error));
        var line = JsonDocument.Parse(Assert.Single(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))).RootElement;
        Assert.Equal(["file", "width", "height", "model", "faces", "milliseconds"], Names(line));
        Assert.Equal((picture, 640, 640, "square"), (Text(line, "file"), Number(line, "width"), Number(line, "height"), Text(line, "model")));
        Assert.Equal(["decode", "preprocess", "inference", "decodeBoxes"], Names(line.GetProperty("milliseconds")));
        var face = Assert.Single(line.GetProperty("faces").EnumerateArray());
        Assert.Equal(["x", "y", "width", "height", "score", "landmarks", "eyes"], Names(face));
        Assert.Equal((128, 64, 64, 64), (Number(face, "x"), Number(face, "y"), Number(face, "width"), Number(face, "height")));
        Assert.Equal(5, face.GetProperty("landmarks").GetArrayLength());
        Assert.Equal([147.2, 89.6], face.GetProperty("landmarks")[0].EnumerateArray().Select(value => value.GetDouble()), (a, b) => Math.Abs(a - b) < 0.02);
        Assert.All(face.GetProperty("eyes").EnumerateArray(), eye => Assert.Equal(["x", "y", "width", "height"], Names(eye)));
    }

    [Fact]
    public async Task What_cannot_be_read_is_reported_and_the_rest_is_done()
    {
        _folder.AddPicture("below/b.jpg", x: 0);
        _folder.AddPicture("a.jpg", x: 64);
        _folder.Write("broken.png", "no picture");

        var run = await RunAsync(_folder.Path, _folder.File("absent.jpg"));

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith($"{_folder.File("a.jpg")}: 1 face, best score ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{_folder.File("below/b.jpg")}: 1 face, best score ", lines[1], StringComparison.Ordinal);
        var errors = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, errors.Length);
        Assert.StartsWith($"{_folder.File("broken.png")}: ", errors[0], StringComparison.Ordinal);
        Assert.StartsWith($"{_folder.File("absent.jpg")}: ", errors[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_to_a_parent_counts_no_picture_twice_and_other_links_are_followed()
    {
        using var elsewhere = new PictureFolder();
        elsewhere.AddPicture("c.jpg", x: 0);
        _folder.AddPicture("a.jpg", x: 64);
        _folder.AddPicture("below/b.jpg", x: 64);
        Directory.CreateSymbolicLink(_folder.File("below/up"), _folder.Path);
        Directory.CreateSymbolicLink(_folder.File("aside"), _folder.File("below"));
        Directory.CreateSymbolicLink(_folder.File("elsewhere"), elsewhere.Path);

        var run = await RunAsync(_folder.Path);

        Assert.Equal((ExitCode.Done, string.Empty), (run.ExitCode, run.Error));
        Assert.Equal(
            [_folder.File("a.jpg"), _folder.File("below/b.jpg"), _folder.File("elsewhere/c.jpg")],
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task Every_name_of_a_JPEG_is_read_and_pictures_of_other_formats_are_named()
    {
        string[] read = ["a.JPG", "b.jpe", "c.jfif", "d.jpeg", "e.pjpeg"];
        foreach (var name in read)
        {
            _folder.AddPicture(name, x: 64);
        }

        string[] other = ["f.bmp", "g.gif", "h.heic", "i.tiff"];
        foreach (var name in other)
        {
            _folder.Write(name, "any");
        }

        _folder.Write("notes.txt", "any");

        var run = await RunAsync(_folder.Path);

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Equal(read.Length, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(
            other.Select(_folder.File),
            run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task A_picture_over_a_limit_names_the_options_that_allow_it()
    {
        var large = _folder.AddPicture("a.jpg", x: 64);
        await using (var file = File.OpenWrite(large))
        {
            // What stands behind the end of a JPEG is no part of it.
            file.SetLength(17 * 1024 * 1024);
        }

        var refused = await RunAsync(large);
        var taken = await RunAsync(large, "--max-bytes", "20000000");
        var wide = await RunAsync(large, "--max-bytes", "20000000", "--max-pixels", "1000");

        Assert.Equal((ExitCode.Failed, ExitCode.Done, ExitCode.Failed), (refused.ExitCode, taken.ExitCode, wide.ExitCode));
        Assert.EndsWith("at most 16,777,216 are taken. --max-bytes, --max-side and --max-pixels allow more.\n", refused.Error, StringComparison.Ordinal);
        Assert.EndsWith("are taken. --max-bytes, --max-side and --max-pixels allow more.\n", wide.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_not_UTF8_is_said_to_be_the_fault()
    {
        var picture = _folder.AddPicture("a.jpg", x: 64);
        await ShellAsync("mv \"$1\" \"$2/$(printf 'caf\\351').jpg\"", picture, _folder.Path);

        var run = await RunAsync(_folder.Path);
        await ShellAsync("rm \"$1\"/*.jpg", _folder.Path);

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("its name is not UTF-8 and cannot be opened; rename it", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_looked_into_is_reported_and_the_rest_is_done()
    {
        var picture = _folder.AddPicture("a.jpg", x: 64);
        _folder.AddPicture("closed/b.jpg", x: 64);
        await using var closed = await ClosedFolder.CloseAsync(_folder.File("closed"));

        var run = await closed.AskAsync("detect", _folder.Path, "--model", _folder.Model);

        Assert.Equal((ExitCode.Failed, $"{_folder.File("closed")}: Access to the path '{_folder.File("closed")}' is denied."), (run.ExitCode, run.Error.Trim()));
        Assert.StartsWith($"{picture}: 1 face", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Annotated_pictures_have_green_boxes_and_the_originals_stay()
    {
        var picture = _folder.AddPicture("a.jpg", x: 128);
        var before = File.ReadAllBytes(picture);

        var run = await RunAsync(picture, "--annotate", _folder.File("out"));

        Assert.Equal((ExitCode.Done, string.Empty), (run.ExitCode, run.Error));
        Assert.Equal(before, File.ReadAllBytes(picture));
        using var pool = new FramePool();
        using var annotated = PortableBackend.Create().Decode(File.ReadAllBytes(_folder.File("out/a.jpg")), ImageLimits.Default, pool);
        var pixel = annotated.View.Row(100).Slice(129 * 3, 3);
        Assert.True(pixel[1] > 150 && pixel[0] < 120 && pixel[2] < 120, $"The box's left edge is {pixel[0]}, {pixel[1]}, {pixel[2]} (blue, green, red).");
    }

    [Fact]
    public async Task Annotating_never_writes_over_the_picture_itself()
    {
        _folder.AddPicture("a.jpg", x: 128);

        var run = await RunAsync(_folder.Path, "--annotate", _folder.Path);

        Assert.Equal(ExitCode.WrongInput, run.ExitCode);
        Assert.Equal($"--annotate would write over {_folder.File("a.jpg")}; give another folder.", run.Error.Trim());
    }

    [Fact]
    public async Task A_threshold_decides_which_faces_count()
    {
        var picture = _folder.AddPicture("a.jpg", x: 128);

        var run = await RunAsync(picture, "--threshold", "1");

        Assert.StartsWith($"{picture}: no face ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--threshold", "1.5", "--threshold is '1.5': a number from 0 to 1")]
    [InlineData("--threshold", "x", "--threshold is 'x': a number from 0 to 1")]
    [InlineData("--mode", "nose", "--mode is 'nose': face or eyes")]
    [InlineData("--threads", "two", "--threads is 'two': a whole number of at least 1")]
    public async Task A_wrong_option_is_named(string option, string value, string expected)
    {
        var run = await RunAsync(_folder.AddPicture("a.jpg", x: 128), option, value);

        Assert.NotEqual(ExitCode.Done, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_wrong_input()
    {
        var run = await CommandRunner.RunAsync(DetectCommand.Create(), _folder.AddPicture("a.jpg", 0), "--model", _folder.File("none.onnx"));

        Assert.Equal((ExitCode.WrongInput, $"There is no model file '{_folder.File("none.onnx")}'."), (run.ExitCode, run.Error.Trim()));
    }

    private Task<CommandRunner> RunAsync(params string[] args)
        => CommandRunner.RunAsync(DetectCommand.Create(), [.. args, "--model", _folder.Model]);

    private static async Task ShellAsync(string script, params string[] args)
    {
        using var shell = Process.Start("sh", ["-c", script, "sh", .. args]);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();
}
