namespace FaceEdge.Pipeline.Tests;

/// <summary>What the steps that commit ask of deploy-tool where the branch takes pull requests alone.</summary>
public sealed class ProposedChangesTests : IDisposable
{
    private const string Reference = "registry.example.com/faceedge/face-detector:1.0.0@sha256:aaaa";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("proposed-");

    [Theory]
    [InlineData("promote", "promote --to qa --image " + Reference + " --remote origin --branch main --pull-request --auto-complete --until-merged 20m")]
    [InlineData("rollback", "rollback --env qa --reason rolled back by hand --remote origin --branch main --pull-request --auto-complete --until-merged 20m")]
    public async Task A_step_proposes_its_change_and_waits_for_the_merge(string step, string asked)
    {
        var (exitCode, _, error) = await RunAsync(step, "pullRequest");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(asked, await AskedAsync());
    }

    [Fact]
    public async Task A_watch_waits_for_its_merges_itself()
    {
        await RunAsync("rollout", "pullRequest", "http://prometheus.example.com");

        Assert.EndsWith("--watch --for 330m --remote origin --branch main --pull-request --auto-complete", await AskedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_default_a_step_pushes()
    {
        await RunAsync("promote", "");

        Assert.EndsWith("--remote origin --branch main", await AskedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_word_is_wrong_input()
    {
        var (exitCode, _, error) = await RunAsync("promote", "merge");

        Assert.Equal((2, "promote: $CHANGES is 'merge': give direct or pullRequest"), (exitCode, error.TrimEnd()));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<string> AskedAsync() => File.ReadAllTextAsync(Path.Combine(_folder.FullName, "asked"), TestContext.Current.CancellationToken);

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string step, string changes, string prometheus = "")
    {
        var tool = Path.Combine(_folder.FullName, "deploy-tool");
        ExecutableFile.Write(tool, $"#!/bin/sh\nprintf %s \"$*\" >'{_folder.FullName}/asked'\necho 'qa is to run it'\n");

        Directory.CreateDirectory(Path.Combine(_folder.FullName, "image"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "image", "image.txt"), Reference);
        return await Repository.RunAsync(
            $"pipelines/steps/{step}",
            new Dictionary<string, string>
            {
                ["DEPLOY_TOOL"] = tool,
                ["DEPLOY_TOOL_PROMETHEUS"] = prometheus,
                ["CHANGES"] = changes,
                ["MERGE_TIMEOUT"] = "20m",
                ["PIPELINE_WORKSPACE"] = _folder.FullName,
                ["BUILD_ARTIFACTSTAGINGDIRECTORY"] = Path.Combine(_folder.FullName, "output"),
                ["BUILD_SOURCEBRANCHNAME"] = "main",
                ["SYSTEM_ACCESSTOKEN"] = "",
            },
            "qa");
    }
}
