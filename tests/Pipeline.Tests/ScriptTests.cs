using System.Diagnostics;

namespace FaceEdge.Pipeline.Tests.AzurePipelines;

public sealed class StepTests
{
    public static TheoryData<string> Steps => [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "pipelines/steps")).Select(path => Path.GetFileName(path)!).Order()];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_step_is_bash_without_a_fault(string step)
    {
        var (exitCode, output) = await RunAsync("bash", "-n", Path.Combine("pipelines/steps", step));

        Assert.Equal((0, ""), (exitCode, output));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Shellcheck_finds_nothing_in_a_step(string step)
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "shellcheck"))),
            "shellcheck is not installed (apt-get install shellcheck)");

        var (exitCode, output) = await RunAsync("shellcheck", "--external-sources", "--source-path=SCRIPTDIR", "--shell=bash", Path.Combine("pipelines/steps", step));

        Assert.True(exitCode == 0, output);
    }

    /// <summary>What macOS's bash 3.2 does not have.</summary>
    [Theory]
    [InlineData("mapfile")]
    [InlineData("readarray")]
    [InlineData("declare -A")]
    [InlineData("local -A")]
    [InlineData("${1,,}")]
    [InlineData("wait -n")]
    [InlineData("realpath -m")]
    public void No_step_uses_what_a_mac_lacks(string word) =>
        Assert.DoesNotContain(Steps.Select(row => row.Data), step => Repository.Read(Path.Combine("pipelines/steps", step))
            .Split('\n').Any(line => !line.StartsWith('#') && line.Contains(word, StringComparison.Ordinal)));

    [Theory]
    [InlineData("accuracy-gate", 2, "accuracy-gate: $EVALUATION_SET is not set: give it in the step's env")]
    [InlineData("build-image", 2, "build-image: $IMAGE_REPOSITORY is not set: give it in the step's env")]
    public async Task A_step_without_its_input_says_so_in_one_line(string step, int status, string line)
    {
        var (exitCode, _, error) = await Repository.RunAsync(Path.Combine("pipelines/steps", step));

        Assert.Equal((status, line), (exitCode, error.Trim()));
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root };
        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output + await error);
    }
}
