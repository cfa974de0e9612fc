using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using FaceEdge.Commands;
using FaceEdge.Tests.Detection.Onnx;

namespace FaceEdge.Tests.Commands;

public sealed partial class CompareCommandTests : IDisposable
{
    private readonly PictureFolder _folder = new();
    private readonly string _images;
    private readonly string _weak;

    public CompareCommandTests()
    {
        _images = Path.GetDirectoryName(_folder.AddPicture("images/a.jpg", x: 128))!;
        _folder.AddPicture("images/b.jpg", x: 256);
        _weak = _folder.File("weak.onnx");
        File.WriteAllBytes(_weak, SquareModel.Build("height", "width", strength: 0.25f));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_model_agrees_with_itself()
    {
        var run = await RunAsync(_folder.Model, "--json");

        Assert.Equal((ExitCode.Done, string.Empty), (run.ExitCode, run.Error));
        Assert.Contains("""{"both":2,"onlyA":0,"onlyB":0,"overlap":1,"share":1}""", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"turns\":60}", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_weaker_model_loses_the_faces_under_its_threshold_but_no_average_precision()
    {
        var run = await RunAsync(_weak, "--labels", Labels(), "--json");

        Assert.Contains("""{"both":0,"onlyA":2,"onlyB":0,"overlap":0,"share":0}""", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(run.Output, "\"size\":\"all\",\"faces\":1,\"averagePrecision\":1,"));
        Assert.Contains("\"pictures\":2,\"labelled\":1,", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_model_may_be_given_its_threshold()
    {
        Assert.Contains("\"both\":2,", (await RunAsync(_weak, "--threshold-b", "0.2", "--json")).Output, StringComparison.Ordinal);
        Assert.Contains("--threshold-a is '2': a number from 0 to 1", (await RunAsync(_weak, "--threshold-a", "2")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_shows_the_figures_and_the_pictures_on_which_they_differ()
    {
        var page = _folder.File("report.html");

        await RunAsync(_weak, "--labels", Labels(), "--report", page);

        var written = Pixels().Replace(File.ReadAllText(page), "(pixels)");
        written = Milliseconds().Replace(Sha().Replace(Style().Replace(written, "<style></style>"), "(sha)"), "(time)");
        Assert.Equal(File.ReadAllText(Expected()), written);
    }

    [Fact]
    public async Task Without_pictures_the_page_has_boxes_on_grey()
    {
        var page = _folder.File("report.html");

        await RunAsync(_weak, "--report", page, "--no-pictures");

        var written = File.ReadAllText(page);
        Assert.DoesNotContain("base64", written, StringComparison.Ordinal);
        Assert.Contains("<rect class=\"ground\" id=\"p1\" width=\"640\" height=\"640\"/>", written, StringComparison.Ordinal);
        Assert.Contains("<rect class=\"only\" x=\"128.0\"", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_that_cannot_be_read_is_named_and_the_others_are_compared()
    {
        _folder.Write("images/c.jpg", "no picture");

        var run = await RunAsync(_folder.Model, "--json");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("c.jpg cannot be read", run.Error, StringComparison.Ordinal);
        Assert.Contains("\"pictures\":2,", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_of_other_pictures_are_wrong_input()
    {
        var other = _folder.Write("other.json", """{"images":[{"file":"images/a.jpg","width":640,"height":640,"faces":[]}]}""");

        var run = await RunAsync(_folder.Model, "--labels", other);

        Assert.Equal(ExitCode.WrongInput, run.ExitCode);
        Assert.Contains("None of 2 pictures has labels: the first is a.jpg, the first label is of images/a.jpg", run.Error, StringComparison.Ordinal);
    }

    [GeneratedRegex("base64,[A-Za-z0-9+/=]+")]
    private static partial Regex Pixels();

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("[0-9a-f]{12}(?=[<)])")]
    private static partial Regex Sha();

    [GeneratedRegex(@"[0-9.]+ ms|× [0-9.]+ <span class=""muted"">\([0-9.]+ to [0-9.]+")]
    private static partial Regex Milliseconds();

    private static string Expected([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "comparison.html");

    private string Labels() => _folder.Write("labels.json", """{"images":[{"file":"a.jpg","width":640,"height":640,"faces":[{"x":128,"y":64,"width":64,"height":64}]}]}""");

    private Task<CommandRunner> RunAsync(string other, params string[] args)
        => CommandRunner.RunAsync(CompareCommand.Create(), [_folder.Model, other, _images, .. args]);
}
