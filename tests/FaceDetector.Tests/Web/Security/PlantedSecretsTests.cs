using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FaceEdge.Tests.Web.Security;

/// <summary>Secrets are planted wherever an operator puts them, all that the service says is gathered, and none may be in it.</summary>
public sealed class PlantedSecretsTests
{
    private static readonly string[] Planted =
        ["Zq7rtspword", "Zq7webword", "Zq7tokenword", "Zq7pathword", "Zq7proxyword", "Zq7environment", "keeperZq7", "Zq7-the-api-key", "Zq7-a-wrong-key", "Zq7-at-and-slash", "Zq7quoted", "Zq7unseen", "Zq7noscheme", "Zq7folder", "Zq7filed", "Zq7query", "Zq7 blank"];

    private static readonly string[] Paths =
    [
        "/", "/page.js", "/api/v1/cameras", "/api/v1/info", "/api/v1/detections", "/api/v1/settings", "/readyz", "/readyz?strict=true", "/metrics", "/openapi/v1.json", "/scalar/",
        "/nothing", "/cameras/none/snapshot.jpg", "/api/v1/detections?camera=none", "/api/v1/live", "/readyz?strict=perhaps",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task No_secret_is_in_any_answer_log_metric_or_process_list()
    {
        using var rtsp = new HangingRtspServer();
        Environment.SetEnvironmentVariable("FACEEDGE_PLANTED", "Zq7environment");
        await using var service = await RunningService.StartAsync(
            "--Logging:LogLevel:Default=Trace",
            "--Api:Key=Zq7-the-api-key",
            $"--Cameras:door:Url=rtsp://keeperZq7:Zq7rtspword@127.0.0.1:{rtsp.Port}/x",
            "--Cameras:gate:Url=rtsp://keeperZq7:Zq7-at-and-slash@x/y@127.0.0.1:1/x",
            "--Cameras:hall:Url=rtsp://127.0.0.1:1/user=keeperZq7_password=Zq7pathword_channel=1.sdp",
            "--Cameras:web:Url=http://keeperZq7:Zq7webword@127.0.0.1:1/x.jpg?token=Zq7tokenword",
            "--Cameras:yard:Url=http://keeperZq7:Zq7proxyword@127.0.0.1:1/x.jpg",
            "--Cameras:quoted:Url=\"rtsp://keeperZq7:Zq7quoted@127.0.0.1:1/x\"",
            "--Cameras:unseen:Url=\u200b rtsp://keeperZq7:Zq7unseen@127.0.0.1:1/x\ufeff",
            "--Cameras:folder:Url=/keeperZq7:Zq7folder@127.0.0.1/pictures",
            "--Cameras:filed:Url=file:///keeperZq7:Zq7filed@127.0.0.1/film.mp4",
            $"--Cameras:blank:Url=rtsp://127.0.0.1:{rtsp.Port}/user=keeperZq7_password=Zq7 blank$_channel=1.sdp");
        await RunningService.UntilAsync(async () =>
            (await service.GetJsonAsync("/api/v1/cameras")).EnumerateArray().Count(camera => camera.GetProperty("state").GetString() == "noSignal") >= 10);
        var said = new StringBuilder();
        if (FaceEdge.Capture.Ffmpeg.FfmpegProbe.Run() is not null)
        {
            await RunningService.UntilAsync(() => Task.FromResult(ChildProcesses.OfThis().Count > 0));
            said.Append(string.Concat(ChildProcesses.OfThis()));
        }

        await AskWithKeysAsync(service, said);
        foreach (var path in Paths)
        {
            using var answer = await service.Client.GetAsync(path, Cancellation);
            said.Append(answer).Append(await answer.Content.ReadAsStringAsync(Cancellation));
        }

        said.Append(await FirstEventsAsync(service)).Append(await FirstMessagesAsync(service));

        var everything = said.Append(service.Log).ToString();
        Assert.All(Planted, secret => Assert.DoesNotContain(secret, everything, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("rtsp://***@127.0.0.1", everything, StringComparison.Ordinal);
    }

    [Theory(Timeout = 600_000)]
    [InlineData("--Cameras:door:Url=htp://keeperZq7:Zq7webword@cam/x")]
    [InlineData("--Cameras:door:Url=rtsp://keeperZq7:Zq7web/word@cam/x")]
    [InlineData("--Cameras:door:Url=rtsp://keeperZq7:12?Zq7webword@cam/x")]
    [InlineData("--Cameras:door=rtsp://keeperZq7:Zq7webword@cam/x")]
    [InlineData("--Cameras:door:Uri=rtsp://keeperZq7:Zq7webword@cam/x")]
    [InlineData("--RTSP_URL=rtsp://keeperZq7:Zq7webword@")]
    [InlineData("--RTSP_URL=RTSP_URL=rtsp://keeperZq7:Zq7webword@cam/x")]
    [InlineData("--RTSP_URL=RTSP_URL=\"rtsp://keeperZq7:Zq7webword@cam/x\"")]
    [InlineData("--RTSP_URL=- rtsp://keeperZq7:Zq7webword@cam/x")]
    [InlineData("--RTSP_URL=//keeperZq7:Zq7webword@cam/x")]
    [InlineData("--RTSP_URL=//Zq7webword@cam/x")]
    [InlineData("--Cameras:noscheme:Url=Zq7webword@camera/x")]
    [InlineData("--Cameras:parameters:Url=127.0.0.1/user=keeperZq7_password=Zq7webword_1.sdp")]
    [InlineData("--RTSP_URL=Zq7webword@cam:554/x")]
    [InlineData("--RTSP_URL=keeperZq7:Zq7webword@cam/x")]
    [InlineData("--RTSP_URL=keeperZq7:Zq7webword")]
    [InlineData("--RTSP_URL=rtsp//keeperZq7:Zq7webword@cam/x")]
    [InlineData("--RTSP_URL=rtsp;//keeperZq7:Zq7web/word@cam/x")]
    [InlineData("--RTSP_URL=rtsp%3A%2F%2FkeeperZq7%3AZq7webword%40cam%2Fx")]
    [InlineData("--RTSP_URL=rtsp：//keeperZq7：Zq7webword@cam/x")]
    [InlineData("--RTSP_URL={\"url\":\"rtsp://keeperZq7:Zq7webword@cam/x\"}")]
    [InlineData("--RTSP_URL=browser://keeperZq7:Zq7webword@cam/x")]
    [InlineData("--RTSP_URL=demo://keeperZq7:Zq7webword@cam/x")]
    [InlineData("--RTSP_URL=demo:?keeperZq7:Zq7webword@cam/x")]
    [InlineData("--RTSP_URL=file://keeperZq7:Zq7webword@cam/x")]
    [InlineData("--Cameras:rtsp://keeperZq7:Zq7webword@cam/x=y")]
    [InlineData("--Detector:Mode=rtsp://keeperZq7:Zq7webword@cam/x")]
    [InlineData("--Api:Key=Zq7 é")]
    [InlineData("--Api:Keys=Zq7webword")]
    [InlineData("--Page:Key=Zq7 é")]
    [InlineData("--Page:Kye=Zq7webword")]
    [InlineData("--Page_Key=Zq7webword")]
    [InlineData("--Page:Key:x=Zq7webword")]
    [InlineData("--Counts:Path=smb://keeperZq7:Zq7webword@nas/share")]
    [InlineData("--Counts:Path=keeperZq7:Zq7webword@nas/share")]
    [InlineData("--Detector:Model=https://keeperZq7:Zq7webword@mirror/m.onnx")]
    [InlineData("--Counts:TimeZone=https://keeperZq7:Zq7webword@zone")]
    [InlineData("--Cameras:door:Masks=rtsp://keeperZq7:Zq7webword@cam/x")]
    [InlineData("--Cameras=rtsp://keeperZq7:Zq7webword@cam/x")]
    [InlineData("--RTSP_URL:door=rtsp://keeperZq7:Zq7webword@cam/x")]
    [InlineData("--Kestrel:Certificates:Default:Pasword=Zq7webword")]
    public async Task What_stops_the_start_shows_no_secret(string setting)
    {
        var exception = await Assert.ThrowsAsync<FaceEdge.Configuration.SettingsException>(() => RunningService.StartAsync(setting));

        Assert.DoesNotContain("Zq7", exception.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_key_to_look_is_in_nothing_that_the_service_says()
    {
        const string Key = "Zq7-the-page-key";
        using var folder = new Models.TemporaryFolder();
        await using var service = await RunningService.StartAsync("--Logging:LogLevel:Default=Trace", $"--Page:Key={Key}", "--Http:KeyTriesPerMinute=1000", $"--Counts:Path={folder.Path}");
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = service.Client.BaseAddress };
        var said = new StringBuilder();
        foreach (var (header, value) in new[] { ("X-Page-Key", Key), ("X-Page-Key", Key + "-wrong"), ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("x:" + Key))), ("Authorization", "Bearer " + Key) })
        {
            foreach (var path in Paths.Append("/sign-in").Append("/api/v1/counts"))
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                request.Headers.Add(header, value);
                using var answer = await client.SendAsync(request, Cancellation);
                said.Append(answer).Append(await answer.Content.ReadAsStringAsync(Cancellation));
            }
        }

        var cookies = new List<string>();
        foreach (var key in new[] { Key, Key + "-wrong" })
        {
            using var form = new FormUrlEncodedContent([new("key", key), new("to", "?camera=camera")]);
            using var answer = await client.PostAsync("/sign-in", form, Cancellation);
            cookies.AddRange(answer.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(cookie => cookie.Split(';')[0].Split('=')[1]) : []);
            said.Append(answer.Headers.Location).Append(await answer.Content.ReadAsStringAsync(Cancellation));
        }

        var everything = said.Append(service.Log).ToString();
        var master = System.Xml.Linq.XElement.Load(Assert.Single(Directory.GetFiles(Path.Combine(folder.Path, "sign-in")))).Descendants("value").Single().Value;
        Assert.All([Key, Assert.Single(cookies), master], secret => Assert.DoesNotContain(secret, everything, StringComparison.OrdinalIgnoreCase));
    }

    [Fact(Timeout = 600_000)]
    public async Task A_mirror_s_password_is_in_nothing_that_the_commands_say()
    {
        string[] forms = ["{0}", "\"{0}\"", "FACEEDGE_MODEL_MIRROR={0}", "http://keeperZq7:12/Zq7mirrorword@127.0.0.1:1/models", "//keeperZq7:Zq7mirrorword@127.0.0.1:1/models"];
        foreach (var (command, form) in forms.Select(form => ("pull", form)).Concat([("list", forms[0]), ("verify", forms[0])]))
        {
            var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "face-detector.dll"), "models", command, "yunet-n"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["FACEEDGE_MODEL_MIRROR"] = string.Format(CultureInfo.InvariantCulture, form, "http://keeperZq7:Zq7mirrorword@127.0.0.1:1/models");
            using var program = Process.Start(start)!;
            var output = program.StandardOutput.ReadToEndAsync(Cancellation);

            var said = await program.StandardError.ReadToEndAsync(Cancellation) + await output;

            Assert.NotEmpty(said);
            Assert.DoesNotContain("Zq7", said, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static async Task<string> FirstEventsAsync(RunningService service)
    {
        using var events = new StreamReader(await service.Client.GetStreamAsync("/api/v1/events", Cancellation));
        var said = "";
        while (!said.Contains("event: cameras\ndata: ", StringComparison.Ordinal))
        {
            said += await events.ReadLineAsync(Cancellation) + "\n";
        }

        return said;
    }

    private static async Task<string> FirstMessagesAsync(RunningService service)
    {
        using var socket = await service.ConnectAsync("/api/v1/live");
        var buffer = new byte[64 * 1024];
        var said = "";
        while (!said.Contains("\"cameras\"", StringComparison.Ordinal))
        {
            said += Encoding.UTF8.GetString(buffer, 0, (await socket.ReceiveAsync(buffer, Cancellation)).Count);
        }

        return said;
    }

    private static async Task AskWithKeysAsync(RunningService service, StringBuilder said)
    {
        foreach (var (header, value) in new[] { ("X-Api-Key", "Zq7-a-wrong-key"), ("Authorization", "Bearer Zq7-a-wrong-key"), ("X-Api-Key", "Zq7-the-api-key") })
        {
            foreach (var body in new[] { "{}", "{", """{"title":""}""" })
            {
                using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/settings") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
                request.Headers.Add(header, value);
                using var answer = await service.Client.SendAsync(request, Cancellation);
                said.Append(answer).Append(await answer.Content.ReadAsStringAsync(Cancellation));
            }
        }
    }

    /// <summary>Answers the first question of each kind and then says nothing, so that the child that asks stays to be looked at.</summary>
    private sealed class HangingRtspServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly List<TcpClient> _clients = [];

        public HangingRtspServer()
        {
            _listener.Start();
            _ = AcceptAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public void Dispose()
        {
            _listener.Dispose();
            _clients.ForEach(client => client.Dispose());
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    var client = await _listener.AcceptTcpClientAsync(Cancellation);
                    _clients.Add(client);
                    if (_clients.Count % 2 == 1)
                    {
                        await client.GetStream().WriteAsync("RTSP/1.0 200 OK\r\n\r\n"u8.ToArray(), Cancellation);
                    }
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException or IOException)
            {
                // The test is over.
            }
        }
    }
}
