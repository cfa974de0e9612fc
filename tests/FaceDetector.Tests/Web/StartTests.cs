using System.Text.RegularExpressions;
using FaceEdge.Contracts;
using FaceEdge.Tests.Commands;
using FaceEdge.Tests.Models;

namespace FaceEdge.Tests.Web;

/// <summary>What a host does to a service that starts: each is told in one line, and by the exit code.</summary>
[Collection(nameof(Alone))]
public sealed partial class StartTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 600_000)]
    [InlineData("foo", "urls = \"foo\": no address; allowed are addresses such as http://*:8080")]
    [InlineData("http://192.0.2.1:8080", "http://192.0.2.1:8080: this machine has no such address. Use one of its own, or * for all, as in http://*:8080.")]
    [InlineData("https://127.0.0.1:0", "https://127.0.0.1:0: https needs a certificate: set Kestrel:Certificates:Default:Path and :KeyPath to its files (PEM), or listen with http.")]
    public Task An_address_that_cannot_be_listened_on_is_one_line(string urls, string line) => StopsAsync([], new() { ["ASPNETCORE_URLS"] = urls }, line);

    [Fact(Timeout = 600_000)]
    public Task A_level_of_logging_that_there_is_not_is_one_line() =>
        StopsAsync([], new() { ["Logging__LogLevel__Default"] = "Loud" }, "Logging: Configuration value 'Loud' is not supported.");

    [Fact(Timeout = 600_000)]
    public async Task ASPNETCORE_HTTP_PORTS_is_listened_on_and_asked_for_health()
    {
        var port = FreePort.Take();
        var environment = new Dictionary<string, string?> { ["ASPNETCORE_URLS"] = null, ["ASPNETCORE_HTTP_PORTS"] = $"{port}" };
        using var process = ProgramRun.Start(environment, [], "serve", "--Cameras:camera:Url=demo:?size=320x240&fps=5");
        string? line;
        do
        {
            line = await process.StandardOutput.ReadLineAsync(Cancellation);
            Assert.NotNull(line);
        }
        while (!line.EndsWith($"Now listening on: http://[::]:{port}", StringComparison.Ordinal));

        var health = await ProgramRun.RunAsync(environment, [], "healthcheck");

        Assert.Equal((0, ""), (health.ExitCode, health.Error));
        process.Kill();
    }

    [Fact(Timeout = 600_000)]
    public async Task A_port_for_which_the_user_lacks_the_right_is_one_line()
    {
        await UserNamespace.RequireAsync();
        await StopsAsync(
            UserNamespace.Prefix,
            new() { ["ASPNETCORE_URLS"] = "http://127.0.0.1:81" },
            "http://127.0.0.1:81: this user may not listen on that port. Use one from 1024 on, such as 8080, or grant the capability NET_BIND_SERVICE.");
    }

    [Fact(Timeout = 600_000)]
    public async Task A_certificate_that_is_none_is_one_line()
    {
        using var folder = new TemporaryFolder();
        var certificate = folder.Write("tls.pem", "no certificate"u8.ToArray());

        await StopsAsync(
            [],
            new() { ["Kestrel__Endpoints__Https__Url"] = "https://127.0.0.1:0", ["Kestrel__Endpoints__Https__Certificate__Path"] = certificate },
            "https://127.0.0.1:0: the certificate for https cannot be read: ");
    }

    [Theory(Timeout = 600_000)]
    [InlineData("serve", "Run it again with --verbose and report the trace.")]
    [InlineData("--verbose", "Report it with the trace above.")]
    public async Task What_nobody_foresaw_at_the_start_is_one_line_and_a_trace_for_who_asks(string argument, string advice)
    {
        using var hook = new StartupHook(StartupHook.WhileItStarts);

        var run = await ProgramRun.RunAsync(hook.Environment, [], argument, "--Cameras:camera:Url=demo:");

        var lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(70, run.ExitCode);
        Assert.Equal($"error: internal error in face-detector: NotImplementedException: planted {advice}", lines[^1]);
        Assert.Equal(argument == "serve", lines.Length == 1);
    }

    [Fact(Timeout = 600_000)]
    public async Task What_nobody_foresaw_later_ends_the_service_with_its_trace_and_one_line()
    {
        using var hook = new StartupHook(StartupHook.WhileItRuns);
        using var process = ProgramRun.Start(hook.Environment, [], "serve", "--Cameras:camera:Url=demo:?size=320x240&fps=5");
        string? line;
        do
        {
            line = await process.StandardOutput.ReadLineAsync(Cancellation);
            Assert.NotNull(line);
        }
        while (!Listening().IsMatch(line));
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);

        await process.StandardInput.WriteLineAsync("now".AsMemory(), Cancellation);

        var said = (await process.StandardError.ReadToEndAsync(Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync(Cancellation);
        await output;
        Assert.Equal((70, "System.NotImplementedException: planted"), (process.ExitCode, said[0]));
        Assert.Equal("error: internal error in face-detector: NotImplementedException: planted Report it with the trace above.", said[^1]);
    }

    [Fact(Timeout = 600_000)]
    public async Task Without_a_watch_of_files_left_the_service_starts_and_says_what_it_lacks()
    {
        await UserNamespace.RequireAsync();
        using var process = ProgramRun.Start(
            new Dictionary<string, string?> { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" }, UserNamespace.WithoutInotify, "serve", "--Cameras:camera:Url=demo:?size=320x240&fps=5");
        var said = "";
        while (!Listening().IsMatch(said))
        {
            var line = await process.StandardOutput.ReadLineAsync(Cancellation);
            Assert.SkipWhen(line is null && (await process.StandardError.ReadToEndAsync(Cancellation)).Contains("max_inotify_instances", StringComparison.Ordinal), "Limits of a user namespace cannot be set here.");
            Assert.NotNull(line);
            said += line + "\n";
        }

        using var client = new HttpClient();
        Assert.Equal("alive\n", await client.GetStringAsync(new Uri(Listening().Match(said).Groups[1].Value + "/healthz"), Cancellation));
        process.Kill();
        Assert.Contains("appsettings.json is not watched, edits are taken over at the next start: The configured user limit (", said, StringComparison.Ordinal);
    }

    private static async Task StopsAsync(string[] before, Dictionary<string, string?> environment, string line)
    {
        using var home = new TemporaryFolder();

        // A developer's certificate would serve https.
        environment["HOME"] = home.Path;
        environment["DOTNET_CLI_HOME"] = home.Path;

        var run = await ProgramRun.RunAsync(environment, before, "serve", "--Cameras:camera:Url=demo:");

        Assert.StartsWith(line, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain(" fail: ", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, run.ExitCode);
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}
