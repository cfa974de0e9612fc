using System.Diagnostics;
using System.Globalization;
using FaceEdge.Deploy.Tests.Prometheus;

namespace FaceEdge.Deploy.Tests.Telemetry;

/// <summary>
/// What <c>fleet</c> and <c>status</c> take over 5,000 sites, for people to read: run by name, with a published program in FLEET_TOOL
/// (docs/measurements/2026-11-26-fleet.md has the commands).
/// </summary>
public sealed class FleetOfThousands
{
    private const int Rounds = 3;
    private const int Silent = 50;

    /// <summary>Of the clock in /proc, on every Linux that .NET runs on (proc(5), sysconf(_SC_CLK_TCK)).</summary>
    private const double TicksPerSecond = 100;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Five_thousand_sites_are_shown_in_time()
    {
        PrometheusProcess.SkipUnlessInstalled();
        var started = Stopwatch.GetTimestamp();
        await using var sites = await ThousandsOfSites.CreateAsync(5000, Silent, Step);
        Step("commands");

        var page = Path.Combine(sites.Folder, "fleet.html");
        var fleet = $"fleet --env {ThousandsOfSites.Environment} --prometheus {sites.Prometheus.Url}";
        string[] commands = [fleet, $"{fleet} -o json", $"{fleet} --html {page}", "status --offline", "status"];
        var statuses = new List<int>();
        foreach (var command in Enumerable.Repeat(commands, Rounds).SelectMany(all => all))
        {
            statuses.Add(await MeasureAsync(command, sites, page));
        }

        RehearsalReport.Line($"page {new FileInfo(page).Length >> 10} KB");
        RehearsalReport.Keep(page, "fleet-5000.html");

        // Silent sites are exit code 1 of fleet.
        Assert.Equal(Enumerable.Repeat(new[] { 1, 1, 1, 0, 0 }, Rounds).SelectMany(all => all), statuses);

        void Step(string next) => RehearsalReport.Line($"{Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s: {next}");
    }

    private static async Task<int> MeasureAsync(string command, ThousandsOfSites sites, string page)
    {
        string[] program = Environment.GetEnvironmentVariable("FLEET_TOOL") is { Length: > 0 } tool ? [tool] : ["dotnet", Path.Combine(AppContext.BaseDirectory, "deploy-tool.dll")];
        var (ended, asked) = (EndedSeconds(), RunningSeconds(sites.Prometheus.Id));
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(program[0], [.. program[1..], .. command.Split(' '), "--quiet", "-C", sites.Clone]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        var (wall, own, prometheus) = (Stopwatch.GetElapsedTime(started), EndedSeconds() - ended, RunningSeconds(sites.Prometheus.Id) - asked);
        var shown = command.Replace(sites.Prometheus.Url, "URL", StringComparison.Ordinal).Replace(page, "FILE", StringComparison.Ordinal);
        RehearsalReport.Line(
            $"{shown}: exit {process.ExitCode}, {wall.TotalSeconds:0.00} s; processor time {own:0.00} s, of Prometheus {prometheus:0.00} s; {output.Length >> 10} KB; load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
        return process.ExitCode;
    }

    /// <summary>Processor time of children that have ended, with what they started themselves.</summary>
    private static double EndedSeconds() => Ticks("self", 13, 14) / TicksPerSecond;

    private static double RunningSeconds(int process) => Ticks(process.ToString(CultureInfo.InvariantCulture), 11, 12) / TicksPerSecond;

    /// <summary>Fields of /proc/PID/stat, counted behind the program's name.</summary>
    private static long Ticks(string process, params ReadOnlySpan<int> fields)
    {
        var values = File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ');
        var sum = 0L;
        foreach (var field in fields)
        {
            sum += long.Parse(values[field], CultureInfo.InvariantCulture);
        }

        return sum;
    }
}
