using System.Diagnostics;
using System.Text.RegularExpressions;
using FaceEdge.Telemetry;

namespace FaceEdge.Tests.Telemetry;

public sealed partial class RunLogTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceedge-runs-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_first_run_is_no_restart() => AssertRestarts(Begin(), stopped: 0, failed: 0, killed: 0);

    [Fact]
    public void Each_restart_counts_by_how_the_run_before_ended()
    {
        Begin().End(RunEnd.Stopped);
        Begin().End(RunEnd.Failed);
        Begin();
        Begin();

        AssertRestarts(Begin(), stopped: 1, failed: 1, killed: 2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"restarts\":null}")]
    public void A_file_that_is_none_of_ours_counts_as_none_and_is_replaced(string text)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, RunLog.FileName), text);

        AssertRestarts(Begin(), stopped: 0, failed: 0, killed: 0);
        AssertRestarts(Begin(), stopped: 0, failed: 0, killed: 1);
    }

    [Fact]
    public void Without_a_folder_to_write_to_the_service_runs_all_the_same()
    {
        RunLog.Begin(Path.Combine(_folder.FullName, "absent")).End(RunEnd.Stopped);

        AssertRestarts(RunLog.Begin(null), stopped: 0, failed: 0, killed: 0);
    }

    /// <summary>Without a word on the command line, as in a container, and with one.</summary>
    [Theory(Timeout = 600_000)]
    [InlineData]
    [InlineData("serve")]
    public async Task A_service_that_was_killed_and_then_stopped_says_so_when_it_is_back(params string[] arguments)
    {
        using (var first = Start(arguments))
        {
            await ListeningAsync(first);
            first.Kill();
            await first.WaitForExitAsync(Cancellation);
        }

        using (var second = Start(arguments))
        {
            await ListeningAsync(second);
            using var stop = Process.Start("kill", ["-TERM", $"{second.Id}"]);
            await second.WaitForExitAsync(Cancellation);
            Assert.Equal(0, second.ExitCode);
        }

        using var third = Start(arguments);
        using var client = new HttpClient { BaseAddress = await ListeningAsync(third) };
        var metrics = await client.GetStringAsync("/metrics", Cancellation);
        third.Kill();

        Assert.Contains("faceedge_restarts_total{reason=\"killed\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("faceedge_restarts_total{reason=\"stopped\"} 1\n", metrics, StringComparison.Ordinal);
    }

    private RunLog Begin() => RunLog.Begin(_folder.FullName);

    private Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "face-detector"), arguments) { RedirectStandardOutput = true };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Cameras__camera__Url"] = "demo:?size=320x240&fps=5";
        start.Environment["FACEEDGE_MODEL_CACHE"] = _folder.FullName;
        return Process.Start(start)!;
    }

    private static async Task<Uri> ListeningAsync(Process service)
    {
        while (await service.StandardOutput.ReadLineAsync(Cancellation) is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                return new Uri(match.Groups[1].Value);
            }
        }

        throw new InvalidOperationException("the service ended before it listened");
    }

    private static void AssertRestarts(RunLog log, long stopped, long failed, long killed) =>
        Assert.Equal(new Dictionary<string, long> { ["stopped"] = stopped, ["failed"] = failed, ["killed"] = killed }, log.Restarts);

    [GeneratedRegex("Now listening on: (http://.+)$")]
    private static partial Regex Listening();
}
