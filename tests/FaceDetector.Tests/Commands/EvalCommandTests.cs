using FaceEdge.Commands;

namespace FaceEdge.Tests.Commands;

public sealed class EvalCommandTests : IDisposable
{
    private readonly PictureFolder _folder = new();
    private readonly string _images;

    public EvalCommandTests()
    {
        _images = Path.GetDirectoryName(_folder.AddPicture("images/a.jpg", x: 128))!;
        _folder.AddPicture("images/b.jpg", x: 256);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Faces_found_and_missed_give_the_figures_of_the_report()
    {
        // The second picture's face is labelled where none is found: one of two faces at precision 1, then a wrong one.
        var run = await RunAsync(Labels(secondX: 500), "--json");

        Assert.Equal((ExitCode.Done, string.Empty), (run.ExitCode, run.Error));
        Assert.Contains("""{"size":"all","faces":2,"averagePrecision":0.5,"recallAtPrecision95":0.5}""", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"model\":\"square\"", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_gate_passes_a_model_that_holds_its_figures_and_stops_one_that_does_not()
    {
        var good = Labels(secondX: 256);
        var baseline = _folder.File("baseline.json");
        Assert.Equal(ExitCode.Done, (await RunAsync(good, "--baseline", baseline, "--update")).ExitCode);
        Assert.Equal(ExitCode.Done, (await RunAsync(good, "--baseline", baseline)).ExitCode);

        var raised = File.ReadAllText(baseline).Replace("\"all\": 1", "\"all\": 1.02", StringComparison.Ordinal);
        File.WriteAllText(baseline, raised);
        var stopped = await RunAsync(good, "--baseline", baseline);

        Assert.Equal(ExitCode.Failed, stopped.ExitCode);
        Assert.Contains("Average precision fell by more than 0.01: all: 1.0200 to 1.0000.", stopped.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_figures_the_gate_does_not_decide()
    {
        var baseline = _folder.Write("baseline.json", """{"allowedFall":0.01,"entries":[]}""");

        Assert.Equal(ExitCode.Undecided, (await RunAsync(Labels(secondX: 256), "--baseline", baseline)).ExitCode);
    }

    [Theory]
    [InlineData("[147.2,89.6]", ExitCode.Done, "are off by 0.0% of the distance between them, within 7.0%.")]
    [InlineData("[147.2,99.6]", ExitCode.Failed, "are off by 18.2% of the distance between them, more than 7.0%.")]
    public async Task The_gate_holds_the_eyes_to_a_limit(string rightEye, int exitCode, string reason)
    {
        var labels = _folder.Write("labels.json", $$"""
            {"images":[{"file":"a.jpg","width":640,"height":640,"faces":[
              {"x":128,"y":64,"width":64,"height":64,"landmarks":[{{rightEye}},[172.8,89.6],[160,102.4],[150.4,115.2],[169.6,115.2]]}]}]}
            """);

        var run = await RunAsync(labels, "--max-eye-error", "0.07");

        Assert.Equal((exitCode, string.Empty), (run.ExitCode, run.Error));
        Assert.Contains(reason, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"images\":[]}", "hold no images")]
    [InlineData("{\"images\":[{\"file\":\"a.jpg\"}]}", "are not as they must be, line 1, $.images[0]")]
    [InlineData("{\"images\":[{\"file\":\"a.jpg\",\"width\":0,\"height\":1,\"faces\":[]}]}", "a width or height that is not above 0")]
    [InlineData("{\"images\":[{\"file\":\"a.jpg\",\"width\":9,\"height\":9,\"faces\":[]}]}", "is 640x640; its labels are for 9x9")]
    [InlineData("{\"images\":[{\"file\":\"absent.jpg\",\"width\":9,\"height\":9,\"faces\":[]}]}", "absent.jpg cannot be read")]
    public async Task Labels_that_do_not_fit_are_wrong_input(string labels, string expected)
    {
        var run = await RunAsync(_folder.Write("labels.json", labels));

        Assert.Equal(ExitCode.WrongInput, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    private string Labels(int secondX) => _folder.Write("labels.json", $$"""
        {"images":[
          {"file":"a.jpg","width":640,"height":640,"faces":[{"x":128,"y":64,"width":64,"height":64}]},
          {"file":"b.jpg","width":640,"height":640,"faces":[{"x":{{secondX}},"y":64,"width":64,"height":64}]}]}
        """);

    private Task<CommandRunner> RunAsync(string labels, params string[] args)
        => CommandRunner.RunAsync(EvalCommand.Create(), ["--images", _images, "--labels", labels, "--model", _folder.Model, .. args]);
}
