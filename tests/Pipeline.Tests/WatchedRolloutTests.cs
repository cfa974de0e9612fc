namespace FaceEdge.Pipeline.Tests;

/// <summary>What the step <c>rollout</c> makes of a watch's answer, in the pieces that fit a job's time.</summary>
public sealed class WatchedRolloutTests : IDisposable
{
    private const string Reference = "registry.example.com/faceedge/face-detector:1.0.0@sha256:aaaa";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rollout-");

    [Theory]
    [InlineData("first", 3, "under way: wave-telemetry: 2 of 4 sites report it; run it again to go on", 0, "rollout: production is not at its end: the next piece goes on")]
    [InlineData("next", 3, "under way: wave-telemetry: 2 of 4 sites report it; run it again to go on", 0, "rollout: production is not at its end: the next piece goes on")]
    [InlineData("last", 3, "under way: wave-telemetry: 2 of 4 sites report it; run it again to go on", 3, "rollout: production goes no further: under way: wave-telemetry: 2 of 4 sites report it; run it again to go on")]
    [InlineData("first", 3, "undecided: https://prometheus.example.com is away", 3, "rollout: production goes no further: undecided: https://prometheus.example.com is away")]
    [InlineData("next", 1, "rolled back: wave-telemetry: faces x 0.00", 1, "rollout: production goes no further: rolled back: wave-telemetry: faces x 0.00")]
    [InlineData("last", 0, "every site of production is to run it", 0, "rollout: every site of production is to run " + Reference)]
    public async Task A_piece_goes_on_stops_or_is_done_as_the_watch_says(string piece, int answered, string line, int status, string said)
    {
        var (exitCode, output, error) = await RunAsync(piece, answered, line, "http://prometheus.example.com");

        Assert.Equal((status, said), (exitCode, (output + error).TrimEnd().Split('\n')[^1]));
        Assert.Equal(
            $"rollout --env production --image {Reference} --watch --for 330m --remote origin --branch main", await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "asked"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("")]
    [InlineData("$(prometheus)")]
    public async Task Without_a_prometheus_the_later_pieces_have_nothing_to_do(string prometheus)
    {
        var (exitCode, output, _) = await RunAsync("next", 1, "refused: not to be asked", prometheus);

        Assert.Equal((0, "rollout: no Prometheus is named, and so the first piece has done it all"), (exitCode, output.TrimEnd()));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string piece, int answered, string line, string prometheus)
    {
        var tool = Path.Combine(_folder.FullName, "deploy-tool");
        ExecutableFile.Write(tool, $"#!/bin/sh\nprintf %s \"$*\" >'{_folder.FullName}/asked'\necho '{line}'\nexit {answered}\n");

        Directory.CreateDirectory(Path.Combine(_folder.FullName, "image"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "image", "image.txt"), Reference);
        return await Repository.RunAsync(
            "pipelines/steps/rollout",
            new Dictionary<string, string>
            {
                ["DEPLOY_TOOL"] = tool,
                ["DEPLOY_TOOL_PROMETHEUS"] = prometheus,
                ["PIPELINE_WORKSPACE"] = _folder.FullName,
                ["BUILD_ARTIFACTSTAGINGDIRECTORY"] = Path.Combine(_folder.FullName, "output"),
                ["BUILD_SOURCEBRANCHNAME"] = "main",
                ["SYSTEM_ACCESSTOKEN"] = "",
            },
            "production",
            piece);
    }
}
