using System.ComponentModel;
using System.Diagnostics;
using FaceEdge.Contracts;

namespace FaceEdge.Deploy.Tests.Contracts;

public sealed class ChildProcessTests
{
    /// <summary>Longer than any test runs.</summary>
    private const string Endless = "sleep 600";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_program_is_given_and_says_comes_through_whole()
    {
        var text = string.Concat(Enumerable.Repeat("päckchen\n", 100_000));

        var run = await ChildProcess.RunAsync(
            ChildProcess.Piped("sh", "-c", "tee /dev/stderr; exit 3"), TimeSpan.FromMinutes(10), Cancellation, async input => await input.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text)));

        Assert.Equal((3, text, text, null), (run.ExitCode, run.Output, run.Error, run.Stopped));
    }

    [Fact]
    public async Task A_program_that_does_not_end_is_stopped_with_what_it_started_and_keeps_its_words()
    {
        var limit = TimeSpan.FromMilliseconds(200);
        ProcessResult run;
        do
        {
            // On a busy machine the program may not have come to its words yet.
            limit *= 2;
            run = await ChildProcess.RunAsync(ChildProcess.Piped("sh", "-c", $"{Endless} & echo $!; wait"), limit, Cancellation);
        }
        while (run.Output.Length == 0);

        Assert.Equal((-1, limit), (run.ExitCode, run.Stopped));
        Assert.True(HasEnded(run.Output));
    }

    [Fact]
    public async Task A_program_that_does_not_read_what_it_is_given_is_stopped_too()
    {
        var run = await ChildProcess.RunAsync(
            ChildProcess.Piped("sh", "-c", $"exec {Endless}"), TimeSpan.FromMilliseconds(200), Cancellation, async input => await input.WriteAsync(new byte[1 << 20]));

        Assert.NotNull(run.Stopped);
    }

    [Fact]
    public async Task Lines_come_while_the_program_runs_and_none_is_lost()
    {
        var lines = new List<(string Line, bool IsError)>();

        var exitCode = await ChildProcess.RunAsync(
            ChildProcess.Piped("sh", "-c", "for i in 1 2 3; do echo out; echo err >&2; done; exit 4"), (line, isError) => lines.Add((line, isError)), Cancellation);

        Assert.Equal((4, 3, 3), (exitCode, lines.Count(line => line == ("out", false)), lines.Count(line => line == ("err", true))));
    }

    [Fact]
    public async Task Whoever_stops_waiting_for_lines_stops_the_program_and_what_it_started()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var started = "";

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ChildProcess.RunAsync(
            ChildProcess.Piped("sh", "-c", $"{Endless} & echo $!; wait"),
            (line, _) =>
            {
                started = line;
                stop.Cancel();
            },
            stop.Token));

        Assert.True(HasEnded(started));
    }

    [Fact]
    public async Task A_program_that_ignores_a_request_to_end_is_ended()
    {
        using var process = Process.Start(ChildProcess.Piped("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done"))!;
        await process.StandardOutput.ReadLineAsync(Cancellation);

        await ChildProcess.StopAsync(process, TimeSpan.FromMilliseconds(100));

        Assert.True(process.HasExited);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_reported_at_once() =>
        await Assert.ThrowsAsync<Win32Exception>(() => ChildProcess.RunAsync(ChildProcess.Piped("no-such-program"), TimeSpan.FromMinutes(1), Cancellation));

    /// <summary>Whether a process goes, or is a dead one that nobody has asked about yet.</summary>
    private static bool HasEnded(string id) => SpinWait.SpinUntil(
        () =>
        {
            try
            {
                return File.ReadAllText($"/proc/{id.Trim()}/stat").Split(')')[^1].TrimStart().StartsWith('Z');
            }
            catch (IOException)
            {
                return true;
            }
        },
        TimeSpan.FromMinutes(2));
}
