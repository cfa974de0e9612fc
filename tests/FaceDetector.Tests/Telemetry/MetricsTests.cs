using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using FaceEdge.Contracts;
using FaceEdge.Tests.Web;

namespace FaceEdge.Tests.Telemetry;

public sealed partial class MetricsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task Every_metric_of_the_service_is_there_with_its_kind_and_its_labels()
    {
        var text = await WatchedServiceAsync();

        var kinds = Kind().Matches(text).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value, StringComparer.Ordinal);
        var shown = Sample().Matches(text)
            .Select(match => (Name: Suffix().Replace(match.Groups[1].Value, ""), Labels: string.Join(",", LabelName().Matches(match.Groups[2].Value).Select(label => label.Groups[1].Value).Where(label => label != "le"))))
            .Where(metric => metric.Name.StartsWith("faceedge_", StringComparison.Ordinal))
            .Distinct()
            .Select(metric => $"{metric.Name}{(metric.Labels.Length > 0 ? "{" + metric.Labels + "}" : "")} {kinds[metric.Name]}")
            .Order(StringComparer.Ordinal);
        Assert.Equal(File.ReadAllText(Beside("metrics.txt")), string.Concat(shown.Select(line => line + "\n")));
    }

    [Fact(Timeout = 600_000)]
    public async Task Prometheus_itself_has_nothing_to_say_against_the_metrics()
    {
        Promtool.SkipIfAbsent();

        Assert.Equal((0, ""), await Promtool.RunAsync(await WatchedServiceAsync(), "check", "metrics"));
    }

    [Fact(Timeout = 600_000)]
    public async Task The_same_metrics_go_out_by_OTLP_where_the_standard_variables_say_so()
    {
        using var receiver = new HttpListener();
        var port = FreePort.Take();
        receiver.Prefixes.Add($"http://127.0.0.1:{port}/");
        receiver.Start();
        await using var service = await RunningService.StartAsync(
            $"--OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:{port}",
            "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            "--OTEL_METRIC_EXPORT_INTERVAL=200",
            "--OTEL_RESOURCE_ATTRIBUTES=site=berlin-01,environment=qa");
        var received = "";
        while (!received.Contains("faceedge_stage_seconds", StringComparison.Ordinal))
        {
            var request = await receiver.GetContextAsync().WaitAsync(Cancellation);
            using var body = new MemoryStream();
            await request.Request.InputStream.CopyToAsync(body, Cancellation);
            received = Encoding.Latin1.GetString(body.ToArray());
            request.Response.Close();
            Assert.Equal("/v1/metrics", request.Request.Url!.AbsolutePath);
        }

        Assert.All(
            ["FaceEdge", "faceedge_frames_received_total", "faceedge_camera_live", "faceedge_build_info", "face-detector", "berlin-01", "qa"],
            expected => Assert.Contains(expected, received, StringComparison.Ordinal));
    }

    [Fact(Timeout = 600_000)]
    public async Task Nothing_of_OpenTelemetry_is_loaded_where_no_variable_asks_for_it()
    {
        using var service = Process.Start(new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "face-detector"), ["--urls=http://127.0.0.1:0", "--Cameras:camera:Url=demo:?size=320x240&fps=5"])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            while (await service.StandardOutput.ReadLineAsync(Cancellation) is { } line && !line.Contains("Now listening", StringComparison.Ordinal))
            {
            }

            Assert.DoesNotContain("OpenTelemetry", await File.ReadAllTextAsync($"/proc/{service.Id}/maps", Cancellation), StringComparison.Ordinal);
        }
        finally
        {
            service.Kill();
        }
    }

    /// <summary>The metrics of a service whose one camera was watched, so that each stage has a value.</summary>
    internal static async Task<string> WatchedServiceAsync()
    {
        await using var service = await RunningService.StartAsync("--Site:Image=registry.example.com/face-detector:1");
        await service.FrameAsync();
        using var socket = await service.ConnectAsync("/api/v1/live");
        await LiveSocketTests.SendAsync(socket, """{"watch":["camera"]}""");
        var frame = await LiveSocketTests.ReceiveAsync(socket, System.Net.WebSockets.WebSocketMessageType.Binary);
        await socket.SendAsync((byte[])[frame[0], .. frame[4..8]], System.Net.WebSockets.WebSocketMessageType.Binary, true, Cancellation);
        using var image = new ByteArrayContent(Imaging.Samples.Jpeg(64, 48));
        using var answer = await service.Client.PostAsync("/api/v1/detect", image, Cancellation);
        await RunningService.UntilAsync(async () => await service.MetricAsync("faceedge_delivery_seconds_count") > 0
            && await service.MetricAsync("faceedge_face_score_count") > 0);
        return await service.Client.GetStringAsync("/metrics", Cancellation);
    }

    private static string Beside(string file, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, file);

    [GeneratedRegex(@"^# TYPE (\w+) (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Kind();

    [GeneratedRegex(@"^([a-z]\w+)(\{[^}]*\})? ", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex("(?<=_seconds|_score)_(bucket|sum|count)$")]
    private static partial Regex Suffix();

    [GeneratedRegex("(\\w+)=\"")]
    private static partial Regex LabelName();
}
