using System.Diagnostics;
using FaceEdge.Contracts;

namespace FaceEdge.Pipeline.Tests;

/// <summary>The scripts that the pipeline and people run.</summary>
public sealed class ScriptTests
{
    /// <summary>What runs in a container or on Debian alone.</summary>
    private static readonly string[] OfDebian = ["build/ffmpeg.sh", "build/libjpeg-turbo.sh", "build/prove", "build/stand-in-bases"];

    public static TheoryData<string> Scripts =>
    [
        .. new[] { "build", "pipelines/steps" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder)))
            .Where(path => File.ReadLines(path).First().EndsWith("bash", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task A_script_is_bash_without_a_fault(string script)
    {
        var (exitCode, output) = await RunAsync("bash", "-n", script);

        Assert.Equal((0, ""), (exitCode, output));
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Shellcheck_finds_nothing_in_a_script(string script)
    {
        Assert.SkipUnless(
            ChildProcess.Locate("shellcheck") is not null,
            "shellcheck is not installed (apt-get install shellcheck)");

        var (exitCode, output) = await RunAsync("shellcheck", "--external-sources", "--source-path=SCRIPTDIR", "--shell=bash", script);

        Assert.True(exitCode == 0, output);
    }

    /// <summary>What macOS's bash 3.2 and its BSD tools do not have.</summary>
    [Theory]
    [InlineData("mapfile")]
    [InlineData("readarray")]
    [InlineData("declare -A")]
    [InlineData("local -A")]
    [InlineData(",,}")]
    [InlineData("wait -n")]
    [InlineData("realpath")]
    [InlineData("readlink -f")]
    [InlineData("sed -i")]
    [InlineData("stat -c")]
    [InlineData("date -d")]
    [InlineData("--date")]
    [InlineData("--no-dereference")]
    public void No_script_uses_what_a_mac_lacks(string word) =>
        Assert.DoesNotContain(Scripts.Select(row => row.Data).Except(OfDebian), script => Repository.Read(script)
            .Split('\n').Any(line => !line.TrimStart().StartsWith('#') && line.Contains(word, StringComparison.Ordinal)));

    [Theory]
    [InlineData("accuracy-gate", 2, "accuracy-gate: $EVALUATION_SET is not set: give it in the step's env")]
    [InlineData("compare-models qa", 2, "compare-models: $EVALUATION_SET is not set: give it in the step's env")]
    [InlineData("build-image", 2, "build-image: $IMAGE_REPOSITORY is not set: give it in the step's env")]
    public async Task A_step_without_its_input_says_so_in_one_line(string step, int status, string line)
    {
        var words = step.Split(' ');

        var (exitCode, _, error) = await Repository.RunAsync(Path.Combine("pipelines/steps", words[0]), words[1..]);

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
