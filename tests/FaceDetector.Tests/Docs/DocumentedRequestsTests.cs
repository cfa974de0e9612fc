using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using FaceEdge.Contracts;
using FaceEdge.Imaging;
using FaceEdge.Tests.Models;
using FaceEdge.Tests.Web;

namespace FaceEdge.Tests.Docs;

/// <summary>Each curl line that the documents show is run against the service, and answers what its page says.</summary>
public sealed partial class DocumentedRequestsTests : IDisposable
{
    private const string Camera = "--Cameras:door:Url=demo:?size=1280x720&fps=5&faces=2";
    private const string Key = "a-key-to-look";

    private readonly TemporaryFolder _folder = new();

    public DocumentedRequestsTests() => Assert.SkipWhen(ChildProcess.Locate("curl") is null, "needs curl");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 600_000)]
    public async Task Requests_of_the_documents_answer_what_their_pages_say()
    {
        await using var service = await RunningService.StartAsync(Camera);
        await File.WriteAllBytesAsync(_folder.File("photo.jpg"), await service.FrameAsync(), Cancellation);
        var asked = 0;
        foreach (var line in new[] { "http-api", "counts", "live", "privacy" }.SelectMany(Lines))
        {
            Check(line, await CurlAsync(line, service));
            asked++;
        }

        Assert.Equal(9, asked);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_program_looks_with_the_key_of_the_page()
    {
        await using var service = await RunningService.StartAsync(Camera, "--Page:Key=" + Key);
        var line = Assert.Single(Lines("sign-in"));

        Check(line, await CurlAsync(line, service));
        var refused = await ShellAsync(line, service, "another-key");

        Assert.Equal(22, refused.ExitCode);
        Assert.Contains("401", refused.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Lines(string page) =>
        Curl().Matches(File.ReadAllText(Path.Combine(Folder(), "..", "..", "..", "docs", page + ".md"))).Select(match => match.Value.Replace("http://site:8080", "localhost:8080", StringComparison.Ordinal));

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    private void Check(string line, string output)
    {
        switch (line)
        {
            case var _ when line.EndsWith("> boxes.jpg", StringComparison.Ordinal):
                Assert.Equal((1280, 720), SizeOf("boxes.jpg"));
                break;
            case var _ when line.EndsWith("> small.jpg", StringComparison.Ordinal):
                Assert.Equal((640, 360), SizeOf("small.jpg"));
                break;
            case var _ when line.EndsWith("/api/v1/detections", StringComparison.Ordinal):
                Assert.Equal("door", Json(output).GetProperty("camera").GetString());
                break;
            case var _ when line.EndsWith("/api/v1/detect", StringComparison.Ordinal):
                Assert.Equal(1280, Json(output).GetProperty("width").GetInt32());
                break;
            case var _ when line.Contains("\"mode\":\"eyes\"", StringComparison.Ordinal):
                Assert.Equal(("eyes", "#ffc0cb"), (Json(output).GetProperty("mode").GetString(), Json(output).GetProperty("background").GetString()));
                break;
            case var _ when line.Contains("\"privacy\":\"blur\"", StringComparison.Ordinal):
                Assert.Equal("blur", Json(output).GetProperty("privacy").GetString());
                break;
            case var _ when line.EndsWith("/api/v1/events", StringComparison.Ordinal):
                Assert.All(["settings", "cameras", "detections"], name => Assert.Contains($"event: {name}\n", output, StringComparison.Ordinal));
                break;
            case var _ when line.Contains("counts?step=day", StringComparison.Ordinal):
                Assert.Equal("day", Json(output).GetProperty("step").GetString());
                break;
            case var _ when line.Contains("text/csv", StringComparison.Ordinal):
                Assert.StartsWith("camera,from,to,passed,most_in_view,mean_in_view,watched_seconds\r\ndoor,2026-11-01T00:00:00", output, StringComparison.Ordinal);
                break;
            default:
                Assert.Fail($"nobody says what this answers: {line}");
                break;
        }
    }

    private static JsonElement Json(string output) => JsonDocument.Parse(output).RootElement;

    private (int Width, int Height) SizeOf(string file)
    {
        var header = PictureHeader.Read(File.ReadAllBytes(_folder.File(file)), ImageLimits.Default);
        Assert.Equal(PictureFormat.Jpeg, header.Format);
        return (header.Width, header.Height);
    }

    private async Task<string> CurlAsync(string line, RunningService service)
    {
        var run = await ShellAsync(line, service, Key);
        Assert.True(run.ExitCode == 0, $"{line}: {run.Error}{run.Output}");
        return run.Output;
    }

    /// <summary>As the page has it, but for the address and an end for what goes on for ever; curl fails where the service refuses, and asks again where it is busy.</summary>
    private async Task<ProcessResult> ShellAsync(string line, RunningService service, string key)
    {
        var command = line.Replace("localhost:8080", service.Client.BaseAddress!.Authority, StringComparison.Ordinal);
        if (line.Contains(" -sN ", StringComparison.Ordinal))
        {
            command += " | sed '/^event: detections/q'";
        }

        await File.WriteAllTextAsync(_folder.File(".curlrc"), "fail-with-body\nshow-error\nretry = 60\n", Cancellation);
        var start = ChildProcess.Piped("sh", "-c", command);
        start.WorkingDirectory = _folder.Path;
        start.Environment["CURL_HOME"] = _folder.Path;
        start.Environment["KEY"] = key;
        return await ChildProcess.RunAsync(start, TimeSpan.FromMinutes(5), Cancellation);
    }

    [GeneratedRegex("^curl .*$", RegexOptions.Multiline)]
    private static partial Regex Curl();
}
